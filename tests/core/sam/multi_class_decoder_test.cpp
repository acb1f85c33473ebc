#include "core/sam/multi_class_decoder.h"

#include "tests/core/sam/network_fixtures.h"

namespace finebrush::testing {

namespace {

const torch::Tensor& tokensOf(const sam::MultiClassDecoder& decoder) {
    return decoder->mask_tokens->weight;
}

}  // namespace

TEST(MultiClassDecoder, GivesAMaskForEachClassAndImage) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    sam::MultiClassDecoder decoder(base, 5, 0);
    EXPECT_EQ(decoder(torch::rand({2, 32, 8, 8})).sizes(), (torch::IntArrayRef{2, 5, 32, 32}));
}

TEST(MultiClassDecoder, StartsEachClassNearMaskTokenZero) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    const sam::MultiClassDecoder decoder(base, 3, 1);
    const torch::Tensor token = base->mask_decoder->mask_tokens->weight[0];
    for (int64_t k = 0; k < 3; ++k) {
        const double distance = (tokensOf(decoder)[k] - token).norm().item<double>();
        EXPECT_GT(distance, 0);
        EXPECT_LT(distance, 0.3 * token.norm().item<double>());
    }
    EXPECT_TRUE(torch::equal(tokensOf(decoder), tokensOf(sam::MultiClassDecoder(base, 3, 1))));
    EXPECT_FALSE(torch::equal(tokensOf(decoder), tokensOf(sam::MultiClassDecoder(base, 3, 2))));
}

TEST(MultiClassDecoder, MakesTheMaskThatTheBaseMakesWithoutPrompts) {
    // With all four tokens of the base, both transformers see the same; hypernetwork 0 serves the first in
    // both.
    const torch::NoGradGuard noGrad;
    sam::Sam base = frozenNetwork(smallTinyVitDescription());
    sam::MultiClassDecoder decoder(base, 4, 0);
    decoder->mask_tokens->weight.copy_(base->mask_decoder->mask_tokens->weight);
    const torch::Tensor embedding = torch::rand({1, 32, 8, 8});
    EXPECT_THAT(decoder(embedding).slice(1, 0, 1),
                IsCloseTo(base->predict(embedding, {}, false).logits, 1e-5));
}

TEST(MultiClassDecoder, TrainsWithoutTheBaseNoticing) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    sam::MultiClassDecoder decoder(base, 2, 0);
    const torch::Tensor before = base->mask_decoder->transformer->norm_final_attn->weight.clone();
    torch::optim::SGD optimizer(decoder->parameters(), 0.1);
    decoder(torch::rand({1, 32, 8, 8})).square().sum().backward();
    optimizer.step();
    EXPECT_TRUE(torch::equal(base->mask_decoder->transformer->norm_final_attn->weight, before));
    EXPECT_FALSE(torch::equal(decoder->transformer->norm_final_attn->weight, before));
}

}  // namespace finebrush::testing
