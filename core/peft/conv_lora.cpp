#include "core/peft/conv_lora.h"

#include "core/peft/initialisation.h"
#include "core/peft/low_rank_method.h"
#include "core/peft/token_map.h"

#include <string>
#include <utility>

namespace finebrush::peft {

namespace {

/// Rows of a batch. Unlike `index_select` it relies on no row being taken twice, so that the backward pass
/// copies where that adds up, element by element.
struct TakeRows : torch::autograd::Function<TakeRows> {
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& batch,
                                 const torch::Tensor& rows) {
        context->save_for_backward({rows});
        context->saved_data["count"] = batch.size(0);
        return batch.index_select(0, rows);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   const torch::autograd::variable_list& gradients) {
        const torch::Tensor rows = context->get_saved_variables()[0];
        std::vector<int64_t> shape = gradients[0].sizes().vec();
        shape[0] = context->saved_data["count"].toInt();
        return {gradients[0].new_zeros(shape).index_copy_(0, rows, gradients[0]), torch::Tensor()};
    }
};

/// Where a gate is, as charts name it.
std::string traceName(const sam::AdaptableLayer& layer) {
    return layer.role == sam::LinearRole::Qkv ? layer.block : layer.name;
}

class ConvLoraMethod final : public LowRankMethod<ConvLoraImpl> {
  public:
    void setTraining(bool training) override {
        for (const auto& adapted : layers()) adapted.adapter->train(training);
    }

    std::vector<AdapterTrace> traces() const override {
        std::vector<AdapterTrace> all;
        for (const auto& adapted : layers()) {
            const GateDecision& decision = adapted.adapter->lastDecision();
            if (!decision.gates.defined()) continue;
            all.push_back(
                {traceName(adapted.layer), adapted.adapter->lastWeights().detach(), decision.balanceLoss});
        }
        return all;
    }
};

}  // namespace

ConvLoraImpl::ConvLoraImpl(const LowRankShape& shape, const ExpertOptions& options)
    : LowRankAdapter(shape), gate_(options.gate) {
    const auto experts = static_cast<int64_t>(options.scales.size());
    lora_moe_gating = register_module("lora_moe_gating", MoeGate(shape.rank, experts, options.topExperts,
                                                                 options.gate, options.balanceWeight));
    register_module("lora_moe_experts", lora_moe_experts);
    for (const int scale : options.scales) {
        const torch::nn::Conv2d convolution(torch::nn::Conv2dOptions(shape.rank, shape.rank, 3).padding(1));
        lora_moe_experts->push_back(torch::nn::Sequential(convolution, torch::nn::GELU()));
        scales_.emplace_back(scale);
    }
}

torch::Tensor ConvLoraImpl::adapt(const torch::Tensor& x, torch::Tensor y) {
    return adaptWithNoise(x, std::move(y), lora_moe_gating->drawNoise(x.size(0)));
}

torch::Tensor ConvLoraImpl::adaptWithNoise(const torch::Tensor& x, torch::Tensor y,
                                           const torch::Tensor& noise) {
    const torch::Tensor low = torch::matmul(x, lora_A.t());  // [S, N, r] or [S, H, W, r]
    const torch::Tensor map = toMap(low);                    // [S, r, H, W]
    lastDecision_ = lora_moe_gating(map, noise);
    return addTo(std::move(y), tokenRows(applyExperts(map, lastDecision_)));
}

torch::Tensor ConvLoraImpl::lastWeights() const {
    if (gate_ == messages::GateMode::Informative) return lastDecision_.gates;
    return (lastDecision_.gates > 0).to(lastDecision_.gates.dtype());
}

torch::Tensor ConvLoraImpl::applyExperts(const torch::Tensor& map, const GateDecision& decision) {
    torch::Tensor result = map;  // [S, r, H, W]
    for (size_t i = 0; i < scales_.size(); ++i) {
        const auto expert = static_cast<int64_t>(i);
        const torch::Tensor samples = decision.chosen.eq(expert).any(1).nonzero().squeeze(1);  // [n]
        if (samples.size(0) == 0) continue;
        const auto& convolution =
            *lora_moe_experts->at<torch::nn::SequentialImpl>(i).ptr<torch::nn::Conv2dImpl>(0);
        torch::Tensor given =
            scales_[i].forward(TakeRows::apply(map, samples), convolution.weight, convolution.bias);
        if (gate_ == messages::GateMode::Informative) {
            given = given * decision.gates.index_select(0, samples).select(1, expert).view({-1, 1, 1, 1});
        }
        result = result + torch::zeros_like(map).index_copy(0, samples, given);
    }
    return result;
}

std::unique_ptr<AdapterMethod> makeConvLora(const sam::ImageEncoder& encoder,
                                            const messages::AdaptationSettings& settings) {
    at::Generator generator = generatorOf(settings.seed);
    auto method = std::make_unique<ConvLoraMethod>();
    const ExpertOptions options{.scales = expertScales(settings),
                                .topExperts = settings.topExperts,
                                .gate = settings.gate,
                                .balanceWeight = settings.balanceWeight};
    for (const LowRankPlace& place : lowRankPlaces(encoder, settings)) {
        auto adapter = std::make_shared<ConvLoraImpl>(place.shape, options);
        drawLikeLinear(adapter->lora_A, generator);
        for (size_t i = 0; i < adapter->lora_moe_experts->size(); ++i) {
            const auto convolution =
                adapter->lora_moe_experts->at<torch::nn::SequentialImpl>(i).ptr<torch::nn::Conv2dImpl>(0);
            drawLikeLinear(convolution->weight, generator);
            setToZero({convolution->bias});
        }
        method->add(place.layer, std::move(adapter));
    }
    method->setTraining(false);
    return method;
}

}  // namespace finebrush::peft
