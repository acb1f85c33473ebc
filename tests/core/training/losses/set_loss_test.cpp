#include "core/training/losses/set_loss.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>

namespace finebrush::training {
namespace {

double costOf(const torch::Tensor& cost, const std::vector<int64_t>& columns) {
    double sum = 0;
    for (size_t row = 0; row < columns.size(); ++row)
        sum += cost[static_cast<int64_t>(row)][columns[row]].item<double>();
    return sum;
}

/// The least that any assignment costs.
double leastCost(const torch::Tensor& cost) {
    std::vector<int64_t> columns(static_cast<size_t>(cost.size(1)));
    std::iota(columns.begin(), columns.end(), 0);
    double least = std::numeric_limits<double>::infinity();
    do {
        const std::vector<int64_t> first(columns.begin(), columns.begin() + cost.size(0));
        least = std::min(least, costOf(cost, first));
    } while (std::ranges::next_permutation(columns).found);
    return least;
}

/// Masks [Q, P] that are sure: query q covers the points whose label is `covered[q]`; -1: none.
torch::Tensor sureMasks(const torch::Tensor& labels, const std::vector<int64_t>& covered) {
    return torch::where(labels.eq(torch::tensor(covered).unsqueeze(1)), 20.0, -20.0).to(torch::kFloat32);
}

torch::Tensor sureClasses(const std::vector<int64_t>& classOfQuery, int64_t columns) {
    return 20 * torch::one_hot(torch::tensor(classOfQuery), columns).to(torch::kFloat32);
}

TEST(CheapestAssignment, CostsTheLeastOfAll) {
    torch::manual_seed(4);
    for (const auto& [rows, columns] : {std::pair{1, 1}, std::pair{1, 5}, std::pair{3, 3}, std::pair{4, 7}}) {
        for (int repeat = 0; repeat < 30; ++repeat) {
            torch::Tensor cost = torch::randn({rows, columns});
            if (repeat % 3 == 0) cost = cost.round();  // ties
            const std::vector<int64_t> found = cheapestAssignment(cost);
            std::vector<int64_t> sorted = found;
            std::ranges::sort(sorted);
            EXPECT_EQ(std::ranges::adjacent_find(sorted), sorted.end()) << "one column for two rows";
            EXPECT_NEAR(costOf(cost, found), leastCost(cost), 1e-5);
        }
    }
    EXPECT_THROW(cheapestAssignment(torch::zeros({2, 1})), c10::Error);
}

TEST(SetLoss, TheOrderOfQueriesDoesNotMatter) {
    torch::manual_seed(5);
    const torch::Tensor labels = torch::randint(0, 3, {40}, torch::kInt64);
    const torch::Tensor masks = torch::randn({5, 40}), classes = torch::randn({5, 4});
    const torch::Tensor order = torch::tensor({3, 1, 4, 0, 2});
    EXPECT_NEAR(setLoss(masks, classes, labels).item<double>(),
                setLoss(masks.index_select(0, order), classes.index_select(0, order), labels).item<double>(),
                1e-5);
}

TEST(SetLoss, IsSmallOnlyWhereMasksAndClassesAreRight) {
    const torch::Tensor labels = torch::tensor({0, 0, 0, 2, 2, 2, 2}, torch::kInt64);
    const torch::Tensor right = sureMasks(labels, {2, -1, 0, -1});
    const torch::Tensor classes = sureClasses({2, 3, 0, 3}, 4);
    EXPECT_LT(setLoss(right, classes, labels).item<double>(), 1e-3);
    EXPECT_GT(setLoss(right, sureClasses({2, 1, 0, 3}, 4), labels).item<double>(), 1)
        << "a query that is left over names a class";
    EXPECT_GT(setLoss(right, sureClasses({0, 3, 2, 3}, 4), labels).item<double>(), 10)
        << "classes are swapped";
    EXPECT_GT(setLoss(sureMasks(labels, {-1, 2, 0, -1}), classes, labels).item<double>(), 10)
        << "a mask and its class belong to different queries";
}

TEST(SetLoss, TeachesMasksAndClasses) {
    torch::manual_seed(6);
    const torch::Tensor labels = torch::randint(0, 3, {60}, torch::kInt64);
    const torch::Tensor masks = torch::randn({5, 60}).requires_grad_();
    const torch::Tensor classes = torch::randn({5, 4}).requires_grad_();
    torch::optim::Adam optimizer({masks, classes}, torch::optim::AdamOptions(0.3));
    for (int step = 0; step < 100; ++step) {
        optimizer.zero_grad();
        setLoss(masks, classes, labels).backward();
        optimizer.step();
    }
    const torch::Tensor scores =
        torch::matmul(classes.softmax(1).slice(1, 0, 3).t(), masks.sigmoid());  // [3, 60]
    EXPECT_TRUE(torch::equal(scores.argmax(0), labels));
}

TEST(SetLoss, NoPointIsNoLossAndStillHasAGradient) {
    const torch::Tensor masks = torch::zeros({3, 0}).requires_grad_();
    const torch::Tensor classes = torch::zeros({3, 3}).requires_grad_();
    const torch::Tensor loss = setLoss(masks, classes, torch::zeros({0}, torch::kInt64));
    EXPECT_EQ(loss.item<double>(), 0);
    loss.backward();
}

}  // namespace
}  // namespace finebrush::training
