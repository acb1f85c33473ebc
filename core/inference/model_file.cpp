#include "core/inference/model_file.h"

#include "core/inference/adapted_model.h"
#include "core/inference/published_model.h"
#include "core/peft/files/adapter_file.h"

namespace finebrush {

namespace {

/// The tensor of a name, checked against a shape; null, and a reason, where it does not fit.
class ExtraTensors {
  public:
    ExtraTensors(const peft::AdapterExtras& extras, const torch::Device& device)
        : extras_(extras), device_(device) {}

    torch::Tensor take(const std::string& name, int64_t dimensions) {
        const auto found = extras_.tensors.find(name);
        if (found == extras_.tensors.end()) {
            problem_ = "the tensor “" + name + "” is missing";
            return {};
        }
        if (found->second.dim() != dimensions || found->second.scalar_type() != torch::kFloat32) {
            problem_ = "the tensor “" + name + "” has another shape or type";
            return {};
        }
        return found->second.to(device_);
    }
    const std::string& problem() const { return problem_; }

  private:
    const peft::AdapterExtras& extras_;
    torch::Device device_;
    std::string problem_;
};

/// The channels of the maps that a view uses, found out on a small image.
std::vector<int64_t> channelsOf(const ImageView& view, peft::AdaptedSam& network) {
    const torch::NoGradGuard noGradient;
    const PreparedView prepared = prepareView(view, torch::zeros({3, 64, 64}), network);
    std::vector<int64_t> channels;
    for (const torch::Tensor& map : mapsOf(view, prepared, network).used) channels.push_back(map.size(1));
    return channels;
}

/// A null holder where a tensor does not fit; `tensors` knows why.
ReadOut makeReadOut(const std::string& prefix, const std::vector<int64_t>& channels, int64_t classes,
                    ExtraTensors& tensors) {
    const torch::Tensor mean = tensors.take(prefix + "mean", 1);
    const torch::Tensor scale = tensors.take(prefix + "scale", 1);
    const torch::Tensor weight = tensors.take(prefix + "weight", 2);
    const torch::Tensor bias = tensors.take(prefix + "bias", 1);
    if (!mean.defined() || !scale.defined() || !weight.defined() || !bias.defined()) return nullptr;

    std::vector<ChannelStatistics> statistics;
    int64_t first = 0;
    for (int64_t count : channels) {
        statistics.push_back({mean.slice(0, first, first + count), scale.slice(0, first, first + count)});
        first += count;
    }
    const bool fits = mean.size(0) == first && scale.size(0) == first && weight.size(0) == classes &&
                      weight.size(1) == first && bias.size(0) == classes;
    if (!fits) return nullptr;
    ReadOut readOut(statistics, classes);
    readOut->setWeights(weight, bias);
    return readOut;
}

}  // namespace

Result<std::unique_ptr<SegmentationModel>> loadModel(const messages::AdapterFiles& files,
                                                     const sam::Sam& base, const std::string& source) {
    auto adapter = peft::loadAdapter(files, base, source);
    if (!adapter) return failure(adapter.error());
    adapter->network->merge();
    if (adapter->origin == peft::AdapterOrigin::AutoGluon && adapter->hasDecoder)
        return std::make_unique<PublishedModel>(std::move(adapter->network), files);
    if (adapter->classes.empty()) {
        const bool isOfPeft = adapter->origin == peft::AdapterOrigin::Peft;
        const char* const reason = isOfPeft ? "PEFT wrote it, and it has no head that tells classes; "
                                              "“finebrush-engine segment” answers prompts with it, and "
                                              "“adapt --start” goes on from it to classes"
                                            : "another program wrote it, without a decoder that makes masks";
        return failure(ErrorCode::AdapterMismatch, {source, reason});
    }
    ViewPlan plan;
    try {
        plan = adapter->extras.json.at("view_plan").get<ViewPlan>();
    } catch (const nlohmann::json::exception& problem) {
        return failure(ErrorCode::AdapterMalformed, {source, "its views cannot be read"}, problem.what());
    }
    peft::AdaptedSam& network = *adapter->network;
    ExtraTensors tensors(adapter->extras, network.device());
    std::vector<ReadOut> readOuts;
    for (size_t i = 0; i < plan.views.size(); ++i) {
        const ReadOut readOut =
            makeReadOut("read_out." + std::to_string(i) + ".", channelsOf(plan.views[i], network),
                        network.classCount(), tensors);
        if (!readOut) {
            const std::string reason =
                tensors.problem().empty() ? "a read-out does not fit the network" : tensors.problem();
            return failure(ErrorCode::AdapterMismatch, {source, reason});
        }
        readOuts.push_back(readOut);
    }
    const torch::Tensor decoderWeight = tensors.take("decoder_weight", 1);
    if (!decoderWeight.defined()) return failure(ErrorCode::AdapterMismatch, {source, tensors.problem()});
    return std::make_unique<AdaptedModel>(std::move(adapter->network), std::move(adapter->classes),
                                          std::move(plan), std::move(readOuts), decoderWeight);
}

}  // namespace finebrush
