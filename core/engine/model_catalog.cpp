#include "core/engine/model_catalog.h"

#include "core/base/text.h"
#include "core/engine/model_facts.h"
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
    const auto file = checkpointFile(checkpoint);
    const auto network = file ? sam::loadSam(*file) : failure(file.error());
    if (!network) return {};
    return {factsOf(*network, *file)};
}

Result<std::filesystem::path> checkpointFile(const std::filesystem::path& checkpoint) {
    return checkpoint.empty() ? defaultCheckpoint() : Result<std::filesystem::path>(checkpoint);
}

Result<void> takePixelsAs(sam::Sam& network, const std::string& normalisation) {
    if (normalisation.empty()) return {};
    const std::string wanted = normalisation == "medsam" ? "MedSAM" : "SAM ViT-B";
    sam::renameNetwork(network->description, wanted);
    if (network->description.name == wanted) return {};
    return failure(ErrorCode::OptionInvalid,
                   {"--normalisation", normalisation,
                    formatted("the model is %s, and its shapes tell how it takes pixels",
                              network->description.name.c_str())});
}

Result<sam::Sam> loadBaseNetwork(const std::filesystem::path& checkpoint, const torch::Device& device) {
    const auto file = checkpointFile(checkpoint);
    if (!file) return failure(file.error());
    auto network = sam::loadSam(*file);
    if (network) (*network)->to(device);
    return network;
}

}  // namespace finebrush
