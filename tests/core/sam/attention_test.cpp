#include "core/sam/attention.h"

#include <gtest/gtest.h>

namespace finebrush::sam {
namespace {

constexpr double kTolerance = 1e-5;

struct Sizes {
    int64_t tokens;
    int64_t keys;
};

/// Windows of 7×7 and of 14×14 tokens, with and without prompts among the keys.
class Attention : public ::testing::TestWithParam<Sizes> {
  protected:
    void SetUp() override {
        torch::manual_seed(1);
        const auto [tokens, keys] = GetParam();
        q = torch::randn({3, 2, tokens, 8});
        k = torch::randn({3, 2, keys, 8});
        v = torch::randn({3, 2, keys, 8});
        bias = torch::randn({1, 2, tokens, keys});
    }

    torch::Tensor q, k, v, bias;
};

TEST_P(Attention, IsTheFusedOne) {
    const torch::Tensor fused = torch::scaled_dot_product_attention(q, k, v, bias);
    q.requires_grad_();  // else large windows are left to the fused one
    EXPECT_TRUE(torch::allclose(attend(q, k, v, bias), fused, kTolerance, kTolerance));
}

TEST_P(Attention, LearnsAsTheFusedOneDoes) {
    const auto gradients = [&](const auto& attention) {
        for (torch::Tensor* input : {&q, &k, &v, &bias}) *input = input->detach().requires_grad_();
        return torch::autograd::grad({attention(q, k, v, bias).square().sum()}, {q, k, v, bias});
    };
    const auto ours = gradients([](auto&... inputs) { return attend(inputs...); });
    const auto fused = gradients([](auto& q, auto& k, auto& v, auto& bias) {
        return torch::scaled_dot_product_attention(q, k, v, bias);
    });
    for (size_t i = 0; i < ours.size(); ++i) {
        EXPECT_TRUE(torch::allclose(ours[i], fused[i], 1e-4, 1e-4)) << "input " << i;
    }
}

INSTANTIATE_TEST_SUITE_P(Windows, Attention,
                         ::testing::Values(Sizes{49, 49}, Sizes{49, 54}, Sizes{196, 196}));

}  // namespace
}  // namespace finebrush::sam
