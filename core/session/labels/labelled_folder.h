#pragma once

#include "core/base/result.h"
#include "core/image/image_memory.h"
#include "core/labels/class_table.h"
#include "core/project/project_contents.h"
#include "core/session/labels/class_naming.h"

#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

namespace finebrush {

/// A folder of images with labels, read.
struct ImportedFolder {
    struct Image {
        ImageRecord record;
        std::optional<LabelMap> labels;
    };
    ClassTable classes;
    std::vector<Image> images;
    std::vector<Error> problems;  ///< of single files, which are left out
};

/// Reads what `Session::importFolder` describes, or where that is no image the folders below, as
/// `describeSome`. Files that are no images are passed over; labels are those that `importLabels` reads, and
/// what it leaves out is a problem of its file. Blocks; any thread. Errors: FileMissing, NoImages,
/// ClassesMalformed.
Result<ImportedFolder> importLabelledFolder(const std::filesystem::path& folder, const ImageMemory& memory,
                                            const ClassNaming& naming, const std::stop_token& stop);

}  // namespace finebrush
