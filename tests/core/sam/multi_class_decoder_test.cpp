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

TEST(MultiClassDecoder, TellsTheClassOfEachQuery) {
    const torch::NoGradGuard noGrad;
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    sam::MultiClassDecoder decoder(base, 5, 0);
    const torch::Tensor embedding = torch::rand({2, 32, 8, 8});
    const torch::Tensor masks = decoder(embedding);
    decoder->addClassHead(3);
    EXPECT_EQ(decoder->classCount(), 3);
    const sam::ClassQueries queries = decoder->queries(embedding);
    EXPECT_TRUE(torch::equal(queries.masks, masks));
    EXPECT_EQ(queries.classes.sizes(), (torch::IntArrayRef{2, 5, 4}));
    decoder->output_classifier_mlps->weight.zero_();
    EXPECT_TRUE(torch::equal(decoder->queries(embedding).classes,
                             decoder->output_classifier_mlps->bias.expand({2, 5, 4})));
}

TEST(SemanticScores, AreTheSharesOfTheQueriesThatCoverAPixel) {
    // Query 0 covers the left pixel and is of class 1; query 1 covers both and is half of no class.
    const float yes = 30;
    const sam::ClassQueries queries{torch::tensor({{{yes, -yes}}, {{yes, yes}}}).unsqueeze(0),
                                    torch::tensor({{-yes, yes, -yes}, {0.F, -yes, 0.F}}).unsqueeze(0)};
    const torch::Tensor expected = torch::tensor({{{0.5F, 0.5F}}, {{1.F, 0.F}}}).unsqueeze(0);
    EXPECT_THAT(sam::semanticScores(queries), IsCloseTo(expected, 1e-6));
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
