#pragma once

#include "core/image/image_address.h"
#include "core/project/project_contents.h"

#include <stop_token>
#include <vector>

namespace finebrush {

struct ImageToPredict {
    ImageAddress address;
    ImageId id;                   ///< empty: a slice that the project does not have yet
    FileFingerprint fingerprint;  ///< of its file
};

/// An image of the project, for whoever plans what to predict.
struct KnownImage {
    ImageToPredict image;
    bool isLabelled = false;
    bool isPredicted = false;  ///< by the adapter of now
};

/// The images that are not predicted yet, in their order; of a volume all slices of the views (and points in
/// time) that have labels, or where none have, of the one that the project has first. Reads the headers of
/// volumes; gives some where it is asked to stop. Blocks; any thread.
std::vector<ImageToPredict> imagesToPredict(const std::vector<KnownImage>& images,
                                            const std::stop_token& stop);

}  // namespace finebrush
