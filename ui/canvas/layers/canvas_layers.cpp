#include "ui/canvas/layers/canvas_layers.h"

#include "core/session/labels/doubtful_spots.h"
#include "ui/canvas/layers/chequered_tiles.h"
#include "ui/canvas/layers/pattern_tiles.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace finebrush {

namespace {

constexpr double kCrossShare = 0.7;  // of the opacity of the labels

QRectF uprightRect(const ViewTransform& transform, const QRectF& rectInView) {
    return transform.viewFromUpright().inverted().mapRect(rectInView);
}

/// Turns a painter as the view is, for what draws upright pictures, until it is destroyed.
class TurnedPainter {
  public:
    TurnedPainter(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView)
        : painter_(painter), transform_(transform.upright()), rect_(uprightRect(transform, rectInView)) {
        painter_.save();
        painter_.setTransform(transform.viewFromUpright(), true);
    }
    ~TurnedPainter() { painter_.restore(); }
    TurnedPainter(const TurnedPainter&) = delete;
    TurnedPainter& operator=(const TurnedPainter&) = delete;

    template <typename Layer>
    void draw(Layer& layer, double opacity, double devicePixelRatio) {
        painter_.setOpacity(opacity);
        layer.draw(painter_, transform_, rect_, devicePixelRatio);
    }

  private:
    QPainter& painter_;
    ViewTransform transform_;
    QRectF rect_;
};

}  // namespace

PredictedClasses predictedClasses(const PredictionPtr& prediction, PixelSize image) {
    if (!prediction || prediction->mask.size != image) return {};
    PredictedClasses predicted{.mask = {prediction, &prediction->mask}};
    if (tellsDoubt(*prediction)) predicted.confidence = {prediction, &prediction->confidence};
    return predicted;
}

void CanvasLayers::setImage(std::shared_ptr<const OpenedImage> image) {
    setLabels(nullptr);
    setCrossLabels(nullptr);
    setPrediction({});
    setEarlierPrediction({});
    image_ = std::move(image);
    const bool isLarge = image_ && image_->isLarge();
    imageLayer_.setSource(image_ && !isLarge ? std::make_unique<ImageTiles>(image_) : nullptr);
    largeLayer_.setImage(isLarge ? image_ : nullptr);
    if (image_) imageLayer_.setSmooth(image_->display.smooth);
}

void CanvasLayers::refreshImage() {
    if (!image_) return;
    imageLayer_.setSmooth(image_->display.smooth);
    imageLayer_.refreshAll();
    largeLayer_.refresh();
}

std::vector<TileAddress> CanvasLayers::missingTiles(const ViewTransform& transform, const QRectF& rectInView,
                                                    double devicePixelRatio) const {
    return largeLayer_.missing(transform.upright(), uprightRect(transform, rectInView), devicePixelRatio);
}

std::unique_ptr<TileSource> CanvasLayers::classSource(PixelSize size, ClassTiles::ValueAt valueAt,
                                                      const LabelMap* blankWhere) const {
    if (isPatterned_) return std::make_unique<PatternTiles>(size, std::move(valueAt), palette_, blankWhere);
    return std::make_unique<ClassTiles>(size, std::move(valueAt), palette_, blankWhere);
}

std::unique_ptr<TileSource> CanvasLayers::classSource(const LabelMap& labels) const {
    return classSource(
        labels.size(), [&labels](int x, int y) { return labels.at(x, y); }, &labels);
}

void CanvasLayers::setLabels(const LabelMap* labels) {
    labels_ = labels;
    labelLayer_.setSource(labels ? classSource(*labels) : nullptr);
    updateCrossLayer();
}

void CanvasLayers::refreshLabels(const RectInImage& rect) {
    labelLayer_.refresh(rect);
    if (crossLabels_ && !crossLabels_->isBlank(rect)) crossLayer_.refresh(rect);
}

void CanvasLayers::setCrossLabels(std::shared_ptr<const LabelMap> labels) {
    crossLabels_ = std::move(labels);
    updateCrossLayer();
}

void CanvasLayers::setShowsCrossLabels(bool shows) {
    showsCrossLabels_ = shows;
    updateCrossLayer();
}

void CanvasLayers::updateCrossLayer() {
    crossLayer_.setSource(nullptr);
    if (!showsCrossLabels_ || !labels_ || !crossLabels_ || crossLabels_->size() != labels_->size()) return;
    const auto valueAt = [own = labels_, cross = crossLabels_](int x, int y) {
        const uint8_t value = cross->at(x, y);
        return value != kUnlabelled && own->at(x, y) == kUnlabelled ? value : kUnlabelled;
    };
    crossLayer_.setSource(std::make_unique<ChequeredTiles>(
        classSource(labels_->size(), valueAt, crossLabels_.get())));  // which `valueAt` keeps
}

std::unique_ptr<TileSource> CanvasLayers::classSource(const PredictedClasses& predicted) const {
    if (predicted.cells) return classSource(*predicted.cells);
    const IndexMask* mask = predicted.mask.get();
    if (!mask) return nullptr;
    return classSource(mask->size, [mask](int x, int y) { return mask->at(x, y); });
}

void CanvasLayers::setPrediction(const PredictedClasses& prediction) {
    prediction_ = prediction;
    predictionLayer_.setSource(showsDoubt_ ? doubtSource(prediction_) : classSource(prediction_));
}

uint8_t CanvasLayers::predictedAt(int x, int y) const {
    if (prediction_.cells) return prediction_.cells->at(x, y);
    const IndexMask* mask = prediction_.mask.get();
    const bool isInside = mask && x >= 0 && y >= 0 && x < mask->size.width && y < mask->size.height;
    return isInside ? mask->at(x, y) : kUnlabelled;
}

std::unique_ptr<TileSource> CanvasLayers::doubtSource(const PredictedClasses& predicted) {
    if (!predicted.mask || !predicted.confidence) return nullptr;
    return std::make_unique<DoubtTiles>(predicted.mask->size, predicted.confidence);
}

void CanvasLayers::setShowsDoubt(bool shows) {
    if (shows == showsDoubt_) return;
    showsDoubt_ = shows;
    setPrediction(prediction_);
}

void CanvasLayers::setEarlierPrediction(const PredictedClasses& earlier) {
    earlierPrediction_ = earlier;
    earlierLayer_.setSource(classSource(earlierPrediction_));
}

void CanvasLayers::setPatterned(bool patterned) {
    isPatterned_ = patterned;
    setLabels(labels_);
    setPrediction(prediction_);
    setEarlierPrediction(earlierPrediction_);
}

void CanvasLayers::setPalette(const OverlayPalette& palette) {
    palette_ = palette;
    labelLayer_.refreshAll();
    crossLayer_.refreshAll();
    predictionLayer_.refreshAll();
    earlierLayer_.refreshAll();
    regionLayer_.refreshColours();
}

void CanvasLayers::setRegion(std::shared_ptr<const PixelRegion> region, uint8_t value) {
    regionLayer_.setRegion(std::move(region), value, size(), palette_);
}

void CanvasLayers::draw(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView,
                        double devicePixelRatio, Choice choice) {
    TurnedPainter turned(painter, transform, rectInView);
    turned.draw(imageLayer_, 1, devicePixelRatio);
    turned.draw(largeLayer_, 1, devicePixelRatio);
    if (choice.prediction) turned.draw(predictionLayer_, predictionOpacity_, devicePixelRatio);
    if (choice.earlierPrediction) turned.draw(earlierLayer_, predictionOpacity_, devicePixelRatio);
    if (!choice.labels) return;
    turned.draw(crossLayer_, labelOpacity_ * kCrossShare, devicePixelRatio);
    turned.draw(labelLayer_, labelOpacity_, devicePixelRatio);
}

void CanvasLayers::drawCompared(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView,
                                double devicePixelRatio, Comparison comparison, int line) {
    const bool isPlain = comparison == Comparison::ImageAndOverlay;
    const auto drawPart = [&](QRectF part, Choice choice) {
        if (part.isEmpty()) return;
        painter.save();
        painter.setClipRect(part);
        draw(painter, transform, part, devicePixelRatio, choice);
        painter.restore();
    };
    QRectF left = rectInView;
    left.setRight(std::min<double>(left.right(), line));
    QRectF right = rectInView;
    right.setLeft(std::max<double>(right.left(), line));
    drawPart(left, {!isPlain, false});
    drawPart(right, {isPlain, true});
}

void CanvasLayers::drawRegion(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView,
                              double devicePixelRatio) {
    TurnedPainter(painter, transform, rectInView).draw(regionLayer_, 1, devicePixelRatio);
}

}  // namespace finebrush
