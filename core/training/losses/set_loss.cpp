#include "core/training/losses/set_loss.h"

#include "core/training/losses/losses.h"

#include <limits>

namespace finebrush::training {

namespace F = torch::nn::functional;

namespace {

constexpr double kClassCost = 2;
constexpr double kMaskCost = 5;
constexpr double kDiceCost = 5;
constexpr double kClassWeight = 10;
constexpr double kMaskWeight = 5;
constexpr double kDiceWeight = 5;
constexpr double kNoClassWeight = 0.1;

/// Of every query with every target, the mean binary cross-entropy: [C, Q].
torch::Tensor crossEntropies(const torch::Tensor& masks, const torch::Tensor& target) {
    const torch::Tensor inside = torch::softplus(-masks);  // [Q, P]
    const torch::Tensor outside = torch::softplus(masks);
    const auto points = static_cast<double>(masks.size(1));
    return (torch::matmul(target, inside.t()) + torch::matmul(1 - target, outside.t())) / points;
}

/// ... and one minus the soft Dice coefficient, as `diceLoss` has it: [C, Q].
torch::Tensor diceDistances(const torch::Tensor& masks, const torch::Tensor& target) {
    const torch::Tensor probability = torch::sigmoid(masks);  // [Q, P]
    const torch::Tensor both = torch::matmul(target, probability.t());
    const torch::Tensor sum = target.sum(1, true) + probability.sum(1).unsqueeze(0);
    return 1 - (2 * both + 1) / (sum + 1);
}

/// Finds a column for one row more. Rows and columns are counted from 1; 0 is a column that is none.
class Assignment {
  public:
    explicit Assignment(const torch::Tensor& cost)
        : cost_(cost.to(torch::kFloat64).cpu().contiguous()),
          rows_(cost.size(0)),
          columns_(cost.size(1)),
          rowPotential_(size_t(rows_) + 1),
          columnPotential_(size_t(columns_) + 1),
          rowOf_(size_t(columns_) + 1),
          before_(size_t(columns_) + 1) {}

    std::vector<int64_t> solve() {
        for (int64_t row = 1; row <= rows_; ++row) takePath(cheapestPath(row));
        std::vector<int64_t> columnOf(static_cast<size_t>(rows_));
        for (int64_t column = 1; column <= columns_; ++column) {
            if (const int64_t row = rowOf_[size_t(column)]; row > 0) columnOf[size_t(row) - 1] = column - 1;
        }
        return columnOf;
    }

  private:
    /// The free column that is the cheapest to reach from a row; `before_` tells the way.
    int64_t cheapestPath(int64_t row) {
        const double* cost = cost_.const_data_ptr<double>();
        std::vector<double> least(size_t(columns_) + 1, std::numeric_limits<double>::infinity());
        std::vector<bool> seen(size_t(columns_) + 1, false);
        rowOf_[0] = row;
        int64_t here = 0;
        while (rowOf_[size_t(here)] != 0) {
            seen[size_t(here)] = true;
            const int64_t from = rowOf_[size_t(here)];
            double step = std::numeric_limits<double>::infinity();
            int64_t next = 0;
            for (int64_t column = 1; column <= columns_; ++column) {
                const auto at = size_t(column);
                if (seen[at]) continue;
                const double reduced = cost[(from - 1) * columns_ + column - 1] -
                                       rowPotential_[size_t(from)] - columnPotential_[at];
                if (reduced < least[at]) {
                    least[at] = reduced;
                    before_[at] = here;
                }
                if (least[at] < step) {
                    step = least[at];
                    next = column;
                }
            }
            TORCH_CHECK(next > 0, "assignment: a cost is not finite, or there are fewer columns than rows");
            for (size_t column = 0; column <= size_t(columns_); ++column) {
                if (seen[column]) {
                    rowPotential_[size_t(rowOf_[column])] += step;
                    columnPotential_[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            here = next;
        }
        return here;
    }

    void takePath(int64_t column) {
        while (column != 0) {
            const int64_t former = before_[size_t(column)];
            rowOf_[size_t(column)] = rowOf_[size_t(former)];
            column = former;
        }
    }

    torch::Tensor cost_;
    int64_t rows_;
    int64_t columns_;
    std::vector<double> rowPotential_;
    std::vector<double> columnPotential_;
    std::vector<int64_t> rowOf_;   ///< of each column; 0: free
    std::vector<int64_t> before_;  ///< of each column, on the path to it
};

}  // namespace

std::vector<int64_t> cheapestAssignment(const torch::Tensor& cost) {
    return Assignment(cost).solve();
}

torch::Tensor matchingCost(const torch::Tensor& masks, const torch::Tensor& classes,
                           const torch::Tensor& target, const torch::Tensor& wanted) {
    const torch::Tensor chances = classes.softmax(1).index_select(1, wanted).t();  // [C, Q]
    return kMaskCost * crossEntropies(masks, target) + kDiceCost * diceDistances(masks, target) -
           kClassCost * chances;
}

torch::Tensor setLoss(const torch::Tensor& masks, const torch::Tensor& classes, const torch::Tensor& labels) {
    if (labels.numel() == 0) return masks.sum() * 0 + classes.sum() * 0;
    const torch::Tensor wanted = std::get<0>(at::_unique(labels));                        // [C]
    const torch::Tensor target = labels.eq(wanted.unsqueeze(1)).to(masks.scalar_type());  // [C, P]
    std::vector<int64_t> matches;
    {
        const torch::NoGradGuard noGradient;
        matches = cheapestAssignment(matchingCost(masks, classes, target, wanted));
    }
    const torch::Tensor matched = torch::tensor(matches, labels.options());  // [C]: the query of each
    const int64_t noClass = classes.size(1) - 1;
    const torch::Tensor classOf =
        torch::full({classes.size(0)}, noClass, labels.options()).index_copy(0, matched, wanted);  // [Q]
    torch::Tensor classWeights = torch::ones({classes.size(1)}, classes.options());
    classWeights[noClass] = kNoClassWeight;
    const torch::Tensor classPart =
        F::cross_entropy(classes, classOf, F::CrossEntropyFuncOptions().weight(classWeights));
    const torch::Tensor own = masks.index_select(0, matched);  // [C, P]
    return kClassWeight * classPart + kMaskWeight * torch::binary_cross_entropy_with_logits(own, target) +
           kDiceWeight * diceLoss(own, target);
}

}  // namespace finebrush::training
