#pragma once

#include "core/base/files.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace finebrush {

/// ImageDamaged, with a reason that follows "the image is damaged or incomplete: " and names no content of
/// the file.
inline tl::unexpected<Error> unreadable(const std::filesystem::path& file, std::string reason,
                                        std::string detail = {}) {
    return failure(ErrorCode::ImageDamaged, {utf8(file), std::move(reason)}, std::move(detail));
}

/// ImageTypeUnsupported, with what follows "this kind of image is not supported: ".
inline tl::unexpected<Error> unsupported(const std::filesystem::path& file, std::string what) {
    return failure(ErrorCode::ImageTypeUnsupported, {utf8(file), std::move(what)});
}

/// ImageTooLarge, with the sides in px and the memory that there is for one image, in bytes.
inline tl::unexpected<Error> tooLarge(const std::filesystem::path& file, std::string width,
                                      std::string height, uint64_t maxBytes) {
    return failure(ErrorCode::ImageTooLarge,
                   {utf8(file), std::move(width), std::move(height), std::to_string(maxBytes >> 20)});
}

}  // namespace finebrush
