#include "core/image/raster/write_failure.h"

#include "core/base/files.h"

#include <cstdint>
#include <system_error>

namespace finebrush {

namespace {

/// More than what is written at once.
constexpr uint64_t kNextToNothing = uint64_t{160} << 20;  // bytes

}  // namespace

tl::unexpected<Error> writeFailure(const std::filesystem::path& file, const GdalMessages& messages) {
    std::error_code unknown;
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const auto space = std::filesystem::space(folder, unknown);
    const bool isFull = !unknown && space.available < kNextToNothing;
    return failure(isFull ? ErrorCode::DiskFull : ErrorCode::FileNotWritable, {utf8(file)}, messages.text());
}

}  // namespace finebrush
