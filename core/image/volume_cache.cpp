#include "core/image/volume_cache.h"

#include "core/image/dicom/dicom_file.h"
#include "core/image/nifti/nifti_file.h"

#include <system_error>

namespace finebrush {

VolumeCache::Key VolumeCache::keyOf(const std::filesystem::path& file) {
    Key key;
    std::error_code problem;  // the reader tells of it
    key.file = std::filesystem::canonical(file, problem);
    key.bytes = std::filesystem::file_size(file, problem);
    key.changed = std::filesystem::last_write_time(file, problem);
    return key;
}

Result<std::shared_ptr<const Volume>> VolumeCache::read(const std::filesystem::path& file,
                                                        uint64_t maxBytes) {
    const Key key = keyOf(file);
    {
        const std::lock_guard lock(mutex_);
        if (kept_ && key_ == key && kept_->bytes.size() <= maxBytes) return kept_;
        kept_.reset();  // before the next is decoded: two of them may be more than fits
    }
    Result<Volume> decoded =
        nifti::isNifti(file) ? nifti::readVolume(file, maxBytes) : dicom::readVolume(file, maxBytes);
    if (!decoded) return failure(decoded.error());
    auto volume = std::make_shared<const Volume>(std::move(*decoded));
    const std::lock_guard lock(mutex_);
    if (volume->bytes.size() <= maxKeptBytes_) {
        key_ = key;
        kept_ = volume;
    }
    return volume;
}

}  // namespace finebrush
