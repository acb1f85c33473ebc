#include "core/engine/model_catalog.h"

#include "core/sam/build_sam.h"

#include <cstdlib>
#include <vector>

namespace finebrush {

namespace {

constexpr char kDefaultCheckpoint[] = "lite_medsam.pth";

std::filesystem::path programFolder() {
    std::error_code problem;
    return std::filesystem::read_symlink("/proc/self/exe", problem).parent_path();
}

}  // namespace

Result<std::filesystem::path> defaultCheckpoint() {
    std::vector<std::filesystem::path> folders;
    if (const char* named = std::getenv("FINEBRUSH_MODELS")) folders.emplace_back(named);
    folders.push_back(programFolder() / "../share/finebrush/models");
    folders.emplace_back(FINEBRUSH_SETUP_MODELS);
    for (const std::filesystem::path& folder : folders) {
        std::error_code problem;
        if (std::filesystem::is_regular_file(folder / kDefaultCheckpoint, problem))
            return folder / kDefaultCheckpoint;
    }
    return failure(ErrorCode::ModelMissing, {kDefaultCheckpoint});
}

std::vector<messages::ModelInfo> availableModels(const std::filesystem::path& checkpoint) {
    const auto network = loadBaseNetwork(checkpoint, torch::kCPU);
    if (!network) return {};
    const sam::SamDescription& description = (*network)->description;
    return {
        {description.name, (*network)->checkpointSha256, static_cast<int>(description.encoder.inputSize)}};
}

Result<sam::Sam> loadBaseNetwork(const std::filesystem::path& checkpoint, const torch::Device& device) {
    std::filesystem::path path = checkpoint;
    if (path.empty()) {
        const auto found = defaultCheckpoint();
        if (!found) return failure(found.error());
        path = *found;
    }
    auto network = sam::loadSam(path);
    if (network) (*network)->to(device);
    return network;
}

}  // namespace finebrush
