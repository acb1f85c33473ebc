#include "core/image/volume/volume_cache.h"

#include "core/image/image_reader.h"

#include <system_error>

namespace finebrush {

VolumeCache::Key VolumeCache::keyOf(const VolumeSource& source) {
    Key key;
    std::error_code problem;  // the reader tells of it
    for (const std::filesystem::path& file : source.files()) {
        key.push_back({std::filesystem::canonical(file, problem), std::filesystem::file_size(file, problem),
                       std::filesystem::last_write_time(file, problem)});
    }
    return key;
}

Result<std::shared_ptr<const ShownVolume>> VolumeCache::read(const VolumeSource& source, uint64_t maxBytes) {
    const Key key = keyOf(source);
    {
        const std::lock_guard lock(mutex_);
        if (kept_ && key_ == key && kept_->volume.bytes.size() <= maxBytes) return kept_;
        kept_.reset();  // before the next is decoded: two of them may be more than fits
    }
    Result<Volume> decoded = source.read(maxBytes);
    if (!decoded) return failure(decoded.error());
    const DisplayMapping display = displayMappingOf(*decoded);
    auto volume = std::make_shared<const ShownVolume>(std::move(*decoded), display);
    const std::lock_guard lock(mutex_);
    key_ = key;
    kept_ = volume;
    return volume;
}

Result<DisplayMapping> VolumeCache::display(const VolumeSource& source,
                                            const std::function<Result<DisplayMapping>()>& find) {
    const Key key = keyOf(source);
    {
        const std::lock_guard lock(mutex_);
        if (display_ && displayKey_ == key) return *display_;
    }
    const Result<DisplayMapping> found = find();
    if (!found) return found;
    const std::lock_guard lock(mutex_);
    displayKey_ = key;
    display_ = *found;
    return found;
}

}  // namespace finebrush
