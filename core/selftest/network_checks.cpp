#include "core/sam/build_sam.h"
#include "core/selftest/golden_kinds.h"

#include <stdexcept>
#include <string>

namespace finebrush {

namespace {

/// Of the reference's small networks, where the file does not say: the tensors do not tell.
constexpr int64_t kSmallDecoderHeads = 4;

template <typename T>
T valueOf(Result<T> result) {
    if (!result) throw std::runtime_error(describe(result.error()));
    return std::move(*result);
}

sam::Sam smallSam(const GoldenFile& golden) {
    const NamedTensors state = golden.below("state");
    sam::SamDescription description = valueOf(sam::describeNetwork(state, "golden"));
    description.decoder.heads = golden.integerOr("decoder_heads", kSmallDecoderHeads);
    return valueOf(sam::buildSam(description, state, "golden"));
}

/// Compares the masks and their expected quality for a prompt, single and multi, as far as the file has them.
void compareMasks(Comparison& comparison, const GoldenFile& golden, sam::Sam network,
                  const torch::Tensor& embedding, const std::string& name, const sam::Prompts& prompts) {
    for (const bool multi : {false, true}) {
        const std::string prefix = name + (multi ? ".multi" : ".single");
        if (!golden.contains(prefix + ".masks")) continue;
        const sam::PromptedMasks masks = network->predict(embedding, prompts, multi);
        comparison.forward(prefix + ".masks", masks.logits);
        comparison.forward(prefix + ".iou", masks.iou);
    }
}

}  // namespace

std::vector<TensorVerdict> checkSmallSam(const GoldenFile& golden) {
    const torch::NoGradGuard noGrad;
    Comparison comparison(golden);
    sam::Sam network = smallSam(golden);
    const torch::Tensor embedding = network->image_encoder->forward(golden.tensor("image")).embedding;
    comparison.forward("image_embedding", embedding);
    if (golden.contains("dense_pe")) {
        comparison.forward("dense_pe", network->prompt_encoder->densePositions());
    }

    const auto check = [&](const std::string& name, const sam::Prompts& prompts) {
        if (golden.contains(name + ".sparse")) {
            const sam::PromptEmbeddings prompt = network->prompt_encoder(prompts);
            comparison.forward(name + ".sparse", prompt.sparse);
            comparison.forward(name + ".dense", prompt.dense);
        }
        compareMasks(comparison, golden, network, embedding.slice(0, 0, 1), name, prompts);
    };
    const torch::Tensor points = golden.tensor("point_coords"), labels = golden.tensor("point_labels");
    check("points", {.points = points, .pointLabels = labels, .boxes = {}, .masks = {}});
    if (golden.contains("box")) {
        const torch::Tensor box = golden.tensor("box");
        check("box", {.points = {}, .pointLabels = {}, .boxes = box, .masks = {}});
        check("points_box_mask",
              {.points = points, .pointLabels = labels, .boxes = box, .masks = golden.tensor("mask_input")});
    }
    return std::move(comparison).verdicts();
}

std::vector<TensorVerdict> checkLiteMedSam(const GoldenFile& golden,
                                           const std::filesystem::path& checkpoint) {
    const torch::NoGradGuard noGrad;
    Comparison comparison(golden);
    sam::Sam network = valueOf(sam::loadSam(checkpoint));
    const torch::Tensor stem = network->image_encoder->stem(golden.tensor("image"));
    comparison.forward("stem.mean_std", torch::stack({stem.mean(), stem.std()}));
    const torch::Tensor embedding = network->image_encoder->trunk(stem).embedding;
    comparison.forward("image_embedding", embedding);
    comparison.forward("dense_pe", network->prompt_encoder->densePositions());

    const torch::Tensor boxes = golden.tensor("boxes");
    for (int64_t i = 0; i < boxes.size(0); ++i) {
        const torch::Tensor box = boxes.slice(0, i, i + 1);
        compareMasks(comparison, golden, network, embedding, "box" + std::to_string(i),
                     {.points = {}, .pointLabels = {}, .boxes = box, .masks = {}});
    }
    compareMasks(comparison, golden, network, embedding, "points",
                 {.points = golden.tensor("points.coords"),
                  .pointLabels = golden.tensor("points.labels"),
                  .boxes = {},
                  .masks = {}});
    return std::move(comparison).verdicts();
}

}  // namespace finebrush
