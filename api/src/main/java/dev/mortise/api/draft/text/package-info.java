/// Text taken apart: JSON into trees whose nodes know their places, command lines into
/// words. Nothing here reads a file or the network.
///
/// text -> [JsonText] or [dev.mortise.api.yaml.YamlText] -> tree -> [Node], which never is null
@org.jspecify.annotations.NullMarked
package dev.mortise.api.draft.text;
