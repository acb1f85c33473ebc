#include "core/training/checkpoint/training_checkpoint.h"

#include "core/base/sha256.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/messages/codec.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>

namespace finebrush::training {

namespace {

constexpr char kMetrics[] = "metrics";
constexpr char kSeconds[] = "seconds";
constexpr char kRequest[] = "request";
constexpr char kDigest[] = "sha256";

torch::Tensor metricsTensor(const std::vector<messages::StepMetrics>& metrics) {
    std::vector<uint8_t> frames;
    for (const messages::StepMetrics& step : metrics) {
        const std::vector<uint8_t> frame = messages::encode(messages::FromEngine(step));
        frames.insert(frames.end(), frame.begin(), frame.end());
    }
    torch::Tensor tensor = torch::empty({static_cast<int64_t>(frames.size())}, torch::kUInt8);
    std::memcpy(tensor.mutable_data_ptr(), frames.data(), frames.size());
    return tensor;
}

/// Throws std::exception where the frames are no metrics.
std::vector<messages::StepMetrics> metricsIn(const torch::Tensor& tensor) {
    messages::FrameReader reader;
    reader.append(std::span(tensor.const_data_ptr<uint8_t>(), static_cast<size_t>(tensor.numel())));
    std::vector<messages::StepMetrics> metrics;
    for (auto body = reader.next().value(); body; body = reader.next().value()) {
        metrics.push_back(std::get<messages::StepMetrics>(messages::decodeFromEngine(*body).value()));
    }
    return metrics;
}

/// Encodes with a digest of what is encoded without it, which tells damage that the format itself allows.
std::vector<uint8_t> encodeWithDigest(NamedTensors named) {
    named.metadata.erase(kDigest);
    named.metadata[kDigest] = sha256(encodeSafetensors(named));
    return encodeSafetensors(named);
}

TrainingState stateIn(NamedTensors named) {
    TrainingState state;
    state.metrics = metricsIn(named.tensors[kMetrics]);
    named.tensors.erase(kMetrics);
    state.seconds = std::stod(named.metadata.at(kSeconds));
    state.trainer = std::move(named);
    return state;
}

}  // namespace

std::vector<uint8_t> encodeCheckpoint(const TrainingState& state, const RequestFingerprint& request) {
    NamedTensors named = state.trainer;
    named.tensors.insert(kMetrics, metricsTensor(state.metrics));
    named.metadata[kSeconds] = std::to_string(state.seconds);
    named.metadata[kRequest] = nlohmann::json(request).dump();
    return encodeWithDigest(std::move(named));
}

Result<TrainingState> decodeCheckpoint(std::span<const uint8_t> bytes, const RequestFingerprint& request,
                                       const std::string& source) {
    auto named = readSafetensors(bytes, source);
    if (!named) return failure(named.error());
    if (!named->metadata.contains(kDigest)) {
        return failure(ErrorCode::CheckpointMalformed, {source, "it is of no training"});
    }
    if (!std::ranges::equal(encodeWithDigest(*named), bytes)) {
        return failure(ErrorCode::CheckpointMalformed, {source, "its content was changed"});
    }
    try {
        const auto made = nlohmann::json::parse(named->metadata.at(kRequest)).get<RequestFingerprint>();
        if (const std::string part = differingPart(request, made); !part.empty()) {
            return failure(ErrorCode::TrainingDiffers, {source, part});
        }
        return stateIn(std::move(*named));
    } catch (const std::exception& problem) {
        return failure(ErrorCode::CheckpointMalformed, {source, "it is of no training"}, problem.what());
    }
}

std::optional<RequestFingerprint> requestIn(const NamedTensors& file) {
    const auto text = file.metadata.find(kRequest);
    if (text == file.metadata.end() || !file.metadata.contains(kDigest)) return std::nullopt;
    const auto json = nlohmann::json::parse(text->second, nullptr, false);
    const auto isText = [](const nlohmann::json& value) { return value.is_string(); };
    if (!json.is_object() || !std::all_of(json.begin(), json.end(), isText)) return std::nullopt;
    return json.get<RequestFingerprint>();
}

}  // namespace finebrush::training
