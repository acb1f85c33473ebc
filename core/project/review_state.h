#pragma once

#include <optional>
#include <string>

namespace finebrush {

/// What a person says of the labels of an image. All slices of a volume have the same.
enum class ReviewState { Open, Done, ToCheck };

/// As it stands in the file of a project: "done", "to_check", or nothing.
std::string toText(ReviewState review);
std::optional<ReviewState> reviewStateFromText(const std::string& text);

}  // namespace finebrush
