#include "core/engine/model_facts.h"

#include "core/base/disk_cache.h"
#include "core/base/files.h"
#include "core/base/log.h"
#include "core/engine/licence_facts.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <system_error>
#include <utility>

namespace finebrush {

namespace {

/// A first pass that took so long is measured enough.
constexpr double kLongPass = 3;

double secondsOfPass(sam::Sam& network, const torch::Tensor& view) {
    const auto begin = std::chrono::steady_clock::now();
    const torch::Tensor embedding = network->image_encoder->forward(network->preprocess(view)).embedding;
    (void)embedding.sum().item<float>();  // a GPU is waited for
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::string keyOf(const sam::Sam& network) {
    return network->checkpointSha256 + ' ' + network->parameters().front().device().str() + ' ' +
           std::to_string(torch::get_num_threads());
}

}  // namespace

messages::ModelInfo factsOf(const sam::Sam& network, const std::filesystem::path& file) {
    const sam::SamDescription& description = network->description;
    messages::ModelInfo info;
    info.name = description.name;
    info.sha256 = network->checkpointSha256;
    info.inputSize = static_cast<int>(description.encoder.inputSize);
    info.architecture = description.encoder.kind == sam::EncoderKind::Vit ? "ViT" : "TinyViT";
    for (const torch::Tensor& parameter : network->parameters()) info.parameters += parameter.numel();
    std::error_code problem;
    const auto bytes = std::filesystem::file_size(file, problem);
    info.fileBytes = problem ? 0 : static_cast<int64_t>(bytes);
    const LicenceFacts known = licenceOf(network, file);
    info.licence = known.licence;
    info.licenceEvidence = known.evidence;
    return info;
}

double secondsPerView(sam::Sam& network) {
    const torch::NoGradGuard noGradient;
    const int64_t side = network->description.encoder.inputSize;
    const torch::Tensor view = torch::zeros({1, 3, side, side}, network->parameters().front().device());
    const double first = secondsOfPass(network, view);
    return first > kLongPass ? first : secondsOfPass(network, view);
}

ModelSpeeds::ModelSpeeds(std::filesystem::path file) : file_(std::move(file)) {
    const auto bytes = file_.empty() ? failure(ErrorCode::FileMissing) : readFile(file_, 1 << 20);
    if (!bytes) return;
    const nlohmann::json speeds = nlohmann::json::parse(*bytes, nullptr, false);
    if (!speeds.is_object()) return;
    for (const auto& [key, seconds] : speeds.items()) {
        if (seconds.is_number() && seconds > 0) seconds_[key] = seconds.get<double>();
    }
}

double ModelSpeeds::known(const sam::Sam& network) const {
    const auto found = seconds_.find(keyOf(network));
    return found == seconds_.end() ? 0 : found->second;
}

double ModelSpeeds::of(sam::Sam& network) {
    if (const double seconds = known(network); seconds > 0) return seconds;
    const double seconds = secondsPerView(network);
    seconds_[keyOf(network)] = seconds;
    save();
    return seconds;
}

void ModelSpeeds::save() const {
    if (file_.empty()) return;
    Result<void> written = makeFolder(file_.parent_path());
    if (written) written = writeFileAtomically(file_, nlohmann::json(seconds_).dump());
    if (!written) logWarning("the speeds of models are not kept: " + describe(written.error()));
}

std::filesystem::path modelSpeedsFile() {
    const std::filesystem::path folder = cacheFolder("models");
    return folder.empty() ? folder : folder / "speeds.json";
}

}  // namespace finebrush
