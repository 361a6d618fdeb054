/// What problems say in Chinese. Sentences are written, kept and searched in English; whoever shows
/// one to a person asks here.
///
/// ```text
/// sentence -> templates that may fit -> the one with most text -> its Chinese, holes filled
/// ```
@NullMarked
package dev.mortise.engine.language;

import org.jspecify.annotations.NullMarked;
