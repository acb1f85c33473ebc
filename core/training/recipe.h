#pragma once

#include "core/messages/messages.h"

#include <cstdint>

namespace finebrush::training {

/// The numbers of the product's recipe; why each is what it is stands in `core/training/README.md`.
struct Recipe {
    int steps = 50;
    int stepsPerWholeImage = 2;    ///< at least, for each image with a class on every pixel
    int mostStepsForWhole = 400;   ///< ... and so many at most
    int coarseSide = 256;          ///< tokens of the patch embedding (px for LiteMedSAM), of the longer side,
                                   ///< where the network takes any size
    int pointsPerClass = 400;      ///< painted pixels a class and image that the read-out is fitted to
    int backgroundPoints = 2000;   ///< points an image that the channels' statistics are taken from
    double readOutPenalty = 1e-2;  ///< of ½‖W‖² against the mean cross-entropy
    bool relights = false;         ///< whether the images are trained on in other lights as well; chosen anew
                                   ///< for each adaptation
    double relitPenalty = 3e-3;    ///< the read-out's penalty then
    int relitPointsPerClass = 150;  ///< painted pixels a class, image and variation, beside those above
    int relitLooks = 24;  ///< variations of all images together, at most; none where that is not two an image
    double relitAdvantage = 0.9;  ///< how far the loss on left-out images must fall for it
    double heldOutShare = 0.15;   ///< of each class's strokes

    double adapterRate = 1e-3;  ///< AdamW's learning rate of the adapter
    double decoderRate = 3e-4;  ///< ... of the decoder
    double readOutRate = 5e-4;  ///< ... of the read-out
    double shareRate = 2e-2;    ///< ... of the decoder's share in the logits, which begins at 0
    double weightDecay = 1e-3;
    double warmUpSteps = 10;
    double gradientNorm = 1;     ///< larger gradients are scaled down to this
    double averageDecay = 0.95;  ///< of the running mean of the weights that the result is

    messages::PaintedLoss paintedLoss = messages::PaintedLoss::PartialCrossEntropy;
    double matchingWeight = 0.05;  ///< of the loss of matched queries, whose parts have weights of 5 and 10
    int paintedPointsPerStep = 1000;  ///< a class; those outside the step's crop fall away
    int unpaintedPointsPerStep = 1024;
    double unpaintedWeight = 1;      ///< of the self-training loss
    double teacherConfidence = 0.8;  ///< unpainted points count where the teacher is at least so sure
    int teacherSteps = 25;           ///< steps between two teachers
};

}  // namespace finebrush::training
