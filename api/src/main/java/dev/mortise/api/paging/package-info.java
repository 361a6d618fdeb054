/// How an API hands out its records page by page, and how a reader may leave and come back: which
/// page comes next ([Paging]), where reading stands ([Position]), and whether pages are what they
/// claim to be ([PageWatch]). Nothing here sends a call.
@NullMarked
package dev.mortise.api.paging;

import org.jspecify.annotations.NullMarked;
