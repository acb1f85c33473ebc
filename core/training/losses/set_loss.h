#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace finebrush::training {

/// Gives each row a column of its own so that the costs add up to the least (Kuhn 1955, as Jonker & Volgenant
/// 1987 do it: shortest augmenting paths). cost [R, C] float, R ≤ C, finite → the column of each row.
std::vector<int64_t> cheapestAssignment(const torch::Tensor& cost);

/// How much it costs to let a query stand for a class: -2 · P(class) + 5 · binary cross-entropy + 5 · Dice of
/// its mask (Cheng et al. 2022, arXiv 2112.01527, appendix, as Hugging Face's Mask2Former runs it). masks
/// [Q, P] logits at points, classes [Q, K + 1] logits, target [C, P] of 0 and 1, `wanted` [C] int64: the
/// targets' classes → [C, Q].
torch::Tensor matchingCost(const torch::Tensor& masks, const torch::Tensor& classes,
                           const torch::Tensor& target, const torch::Tensor& wanted);

/// The loss of a decoder whose queries propose masks and their classes. Each class among the points is
/// matched with the query that it costs least, all together; then 10 · cross-entropy of all queries' classes,
/// "no class" counting a tenth for those that are left, + 5 · binary cross-entropy + 5 · Dice of the matched
/// masks (the weights of AutoGluon's recipe). Of each mask all points count: they are few enough here. masks
/// [Q, P] logits, classes [Q, K + 1] logits, labels [P] int64 → scalar; zero for no point. At least as many
/// queries as classes.
torch::Tensor setLoss(const torch::Tensor& masks, const torch::Tensor& classes, const torch::Tensor& labels);

}  // namespace finebrush::training
