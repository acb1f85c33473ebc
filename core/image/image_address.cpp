#include "core/image/image_address.h"

#include "core/base/files.h"
#include "core/base/text.h"

#include <array>
#include <charconv>
#include <system_error>

namespace finebrush {

namespace {

constexpr std::array kViewNames = {"stored", "axial", "coronal", "sagittal"};

const char* nameOf(SliceView view) {
    return kViewNames[static_cast<size_t>(view)];
}

/// Takes digits off the front; nothing where there are none or the number is too large.
std::optional<int> takeNumber(std::string_view& text) {
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || text.starts_with('-')) return std::nullopt;
    text.remove_prefix(static_cast<size_t>(end - text.data()));
    return number;
}

}  // namespace

std::string toText(const SliceAddress& slice) {
    std::string text = formatted("%s:%d", nameOf(slice.view), slice.index);
    if (slice.frame != 0) text += formatted(":%d", slice.frame);
    return text;
}

std::optional<SliceAddress> sliceFromText(std::string_view text) {
    for (size_t view = 0; view < kViewNames.size(); ++view) {
        const std::string prefix = std::string(kViewNames[view]) + ":";
        if (!text.starts_with(prefix)) continue;
        text.remove_prefix(prefix.size());
        const std::optional<int> index = takeNumber(text);
        if (!index) return std::nullopt;
        if (text.empty()) return SliceAddress{static_cast<SliceView>(view), *index, 0};
        if (!text.starts_with(':')) return std::nullopt;
        text.remove_prefix(1);
        const std::optional<int> frame = takeNumber(text);
        if (!frame || !text.empty()) return std::nullopt;
        return SliceAddress{static_cast<SliceView>(view), *index, *frame};
    }
    return std::nullopt;
}

std::string toText(const ImageAddress& address) {
    return address.slice ? utf8(address.file) + "#" + toText(*address.slice) : utf8(address.file);
}

ImageAddress addressFromText(std::string_view text) {
    const std::filesystem::path whole = pathFromUtf8(text);
    std::error_code problem;
    const size_t mark = text.rfind('#');
    if (mark == std::string_view::npos || std::filesystem::exists(whole, problem)) return whole;
    const std::optional<SliceAddress> slice = sliceFromText(text.substr(mark + 1));
    return slice ? ImageAddress(pathFromUtf8(text.substr(0, mark)), slice) : ImageAddress(whole);
}

std::string stemOf(const ImageAddress& address) {
    std::filesystem::path stem = address.file.stem();
    if (address.file.extension() == ".gz" && stem.extension() == ".nii") stem = stem.stem();
    std::string text = utf8(stem);
    if (!address.slice) return text;
    text += formatted("_%s%03d", nameOf(address.slice->view), address.slice->index);
    if (address.slice->frame != 0) text += formatted("_%03d", address.slice->frame);
    return text;
}

}  // namespace finebrush
