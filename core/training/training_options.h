#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace finebrush::training {

/// How an adaptation weighs what it gets wrong on painted pixels.
enum class PaintedLoss {
    PartialCrossEntropy,  ///< class-balanced cross-entropy; the recipe's
    Structure,            ///< PraNet's: stress on pixels near a border, and the overlap
    Dice,                 ///< the overlap alone
    Focal,                ///< cross-entropy with stress on what is not yet sure
    BalancedBce,          ///< each class against the rest, both sides of equal weight
};

/// Their names on the command line.
inline constexpr std::array kPaintedLossNames = {
    std::pair{PaintedLoss::PartialCrossEntropy, std::string_view("partial_cross_entropy")},
    std::pair{PaintedLoss::Structure, std::string_view("structure")},
    std::pair{PaintedLoss::Dice, std::string_view("dice")},
    std::pair{PaintedLoss::Focal, std::string_view("focal")},
    std::pair{PaintedLoss::BalancedBce, std::string_view("balanced_bce")}};

/// What an adaptation ends with.
enum class Keep {
    Better,   ///< the preview, or the trained weights where the held-out strokes or images prefer them
    Preview,  ///< the preview; nothing is trained
    Adapted,  ///< the trained weights, also where they are judged worse
};

/// Their names on the command line.
inline constexpr std::array kKeepNames = {std::pair{Keep::Better, std::string_view("better")},
                                          std::pair{Keep::Preview, std::string_view("preview")},
                                          std::pair{Keep::Adapted, std::string_view("adapted")}};

/// How an adaptation learns and is watched, beside the settings that the window offers. The defaults are the
/// product's.
struct TrainingOptions {
    /// Of the labelled images, held out whole to judge by; 0: some strokes are held out instead.
    double validationShare = 0;
    int validationSteps = 10;  ///< between two validations
    int patience = 0;  ///< validations without a better one that end the training; 0: as many as there are
    PaintedLoss loss = PaintedLoss::PartialCrossEntropy;
    Keep keep = Keep::Better;
    int queries =
        0;  ///< mask tokens of a decoder with a class head, at least as many as classes; 0: a token a class
    bool operator==(const TrainingOptions&) const = default;
};

}  // namespace finebrush::training
