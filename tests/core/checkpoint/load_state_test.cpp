#include "core/checkpoint/load_state.h"

#include "tests/core/checkpoint/checkpoint_fixtures.h"

#include <limits>

namespace finebrush::testing {

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A network with nested parameters and with floating-point and integer buffers.
struct SmallNetImpl : torch::nn::Module {
    SmallNetImpl() {
        conv = register_module("conv", torch::nn::Conv2d(torch::nn::Conv2dOptions(2, 3, 1).bias(false)));
        norm = register_module("norm", torch::nn::BatchNorm2d(3));
    }
    torch::nn::Conv2d conv{nullptr};
    torch::nn::BatchNorm2d norm{nullptr};
};
TORCH_MODULE(SmallNet);

/// Values for every name of the network, each other than what a new network has.
NamedTensors otherState() {
    NamedTensors state;
    state.tensors.insert("conv.weight", torch::arange(6.F).view({3, 2, 1, 1}));
    state.tensors.insert("norm.weight", torch::full({3}, 2.F));
    state.tensors.insert("norm.bias", torch::full({3}, 3.F));
    state.tensors.insert("norm.running_mean", torch::full({3}, 4.F));
    state.tensors.insert("norm.running_var", torch::full({3}, 5.F));
    state.tensors.insert("norm.num_batches_tracked", torch::tensor(6, torch::kLong));
    return state;
}

/// A state with one tensor replaced, added or (where none is given) removed.
NamedTensors changed(const std::string& name, const torch::Tensor& tensor) {
    NamedTensors state;
    for (const auto& entry : otherState().tensors) {
        if (entry.key() != name) state.tensors.insert(entry.key(), entry.value());
    }
    if (tensor.defined()) state.tensors.insert(name, tensor);
    return state;
}

NamedTensors snapshot(const torch::nn::Module& module) {
    NamedTensors copy;
    for (const auto& entry : stateOf(module).tensors)
        copy.tensors.insert(entry.key(), entry.value().detach().clone());
    return copy;
}

void expectSame(const NamedTensors& state, const NamedTensors& expected) {
    ASSERT_EQ(state.tensors.size(), expected.tensors.size());
    for (const auto& entry : expected.tensors) {
        EXPECT_THAT(state.tensors[entry.key()], IsBitEqualTo(entry.value())) << entry.key();
    }
}

}  // namespace

TEST(LoadState, FillsParametersAndBuffers) {
    SmallNet net;
    ASSERT_TRUE(loadState(*net, otherState(), "w.pth"));
    expectSame(snapshot(*net), otherState());
    EXPECT_TRUE(net->conv->weight.requires_grad());
}

TEST(LoadState, CopiesInsteadOfSharing) {
    SmallNet net;
    const NamedTensors given = otherState();
    ASSERT_TRUE(loadState(*net, given, "w.pth"));
    given.tensors["norm.bias"].fill_(-1.F);
    EXPECT_THAT(net->norm->bias.detach(), IsBitEqualTo(torch::full({3}, 3.F)));
}

TEST(LoadState, WidensHalfPrecision) {
    for (const auto type : {torch::kHalf, torch::kBFloat16, torch::kDouble}) {
        SmallNet net;
        const torch::Tensor bias = torch::tensor({0.5F, -2.F, 256.F});
        ASSERT_TRUE(loadState(*net, changed("norm.bias", bias.to(type)), "w.pth"));
        EXPECT_THAT(net->norm->bias.detach(), IsBitEqualTo(bias)) << torch::toString(type);
    }
}

TEST(LoadState, ReportsEveryKindOfDifference) {
    NamedTensors named = changed("conv.weight", torch::Tensor());
    named = tensorsBelow(named, "");
    named.tensors.insert("head.weight", torch::ones({1}));
    const LoadReport report = compareState(*SmallNet(), named);
    EXPECT_FALSE(report.fits());
    EXPECT_THAT(report.missing, ElementsAre("conv.weight"));
    EXPECT_THAT(report.unexpected, ElementsAre("head.weight"));
    EXPECT_THAT(report.wrongShape, IsEmpty());
    EXPECT_THAT(report.wrongType, IsEmpty());

    const LoadReport shapes = compareState(*SmallNet(), changed("norm.bias", torch::ones({4})));
    ASSERT_EQ(shapes.wrongShape.size(), 1U);
    EXPECT_EQ(shapes.wrongShape[0].name, "norm.bias");
    EXPECT_THAT(shapes.wrongShape[0].inModule, ElementsAre(3));
    EXPECT_THAT(shapes.wrongShape[0].inCheckpoint, ElementsAre(4));

    EXPECT_THAT(compareState(*SmallNet(), changed("norm.bias", torch::ones({3}, torch::kInt))).wrongType,
                ElementsAre("norm.bias"));
    EXPECT_THAT(compareState(*SmallNet(), changed("norm.num_batches_tracked", torch::tensor(1.5F))).wrongType,
                ElementsAre("norm.num_batches_tracked"));
    EXPECT_TRUE(compareState(*SmallNet(), otherState()).fits());
}

TEST(LoadState, AnyDifferenceLeavesTheModuleUnchanged) {
    const NamedTensors misfits[] = {
        changed("norm.running_var", torch::Tensor()),
        changed("head.weight", torch::ones({1})),
        changed("norm.running_var", torch::ones({1})),
        changed("norm.num_batches_tracked", torch::tensor(1.5F)),
    };
    for (const NamedTensors& misfit : misfits) {
        SmallNet net;
        const NamedTensors before = snapshot(*net);
        const auto outcome = loadState(*net, misfit, "w.pth");
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().code, ErrorCode::CheckpointMismatch);
        expectSame(snapshot(*net), before);
    }
}

TEST(LoadState, ErrorCountsAndNamesTheFirst) {
    SmallNet net;
    const auto shape = loadState(*net, changed("norm.bias", torch::ones({2, 2})), "w.pth");
    EXPECT_THAT(
        shape.error().arguments,
        ::testing::ElementsAre("w.pth", "1 tensor is of another shape (norm.bias: [2, 2] instead of [3])"));

    const auto nothing = loadState(*net, NamedTensors{}, "w.pth");
    EXPECT_THAT(
        nothing.error().arguments,
        ::testing::ElementsAre("w.pth", "6 tensors are missing (conv.weight, norm.weight, norm.bias, ...)"));
    EXPECT_THAT(nothing.error().detail, ::testing::HasSubstr("missing:\n  conv.weight\n"))
        << "all of them, for those who look for the reason";

    const auto both = loadState(*net, tensorsBelow(otherState(), "n"), "w.pth");
    EXPECT_THAT(describe(both.error()),
                ::testing::HasSubstr("...); 5 tensors are unexpected (orm.weight, orm.bias"));
}

TEST(CheckValues, NamesAllTensorsThatNoNetworkCanUse) {
    EXPECT_TRUE(checkValues(otherState(), ErrorCode::CheckpointMalformed, "w.pth"));
    NamedTensors named = changed("norm.bias", torch::zeros({3, 0}));
    for (const char* name : {"conv.weight", "norm.weight", "norm.running_mean", "norm.running_var"})
        named.tensors[name].view(-1)[1] = std::numeric_limits<float>::quiet_NaN();
    const auto checked = checkValues(named, ErrorCode::AdapterMalformed, "w.pth");
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, ErrorCode::AdapterMalformed);
    EXPECT_EQ(checked.error().arguments[1],
              "1 tensor is empty (norm.bias); 4 tensors are holding values that are no numbers (conv.weight, "
              "norm.weight, norm.running_mean, ...)");
    EXPECT_THAT(checked.error().detail, ::testing::HasSubstr("\n  norm.running_var\n"));
}

}  // namespace finebrush::testing
