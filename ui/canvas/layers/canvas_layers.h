#pragma once

#include "core/session/session.h"
#include "ui/canvas/comparison.h"
#include "ui/canvas/layers/large_layer.h"
#include "ui/canvas/layers/region_layer.h"
#include "ui/canvas/layers/tile_sources.h"
#include "ui/canvas/layers/tiled_layer.h"

#include <memory>
#include <vector>

class QPainter;

namespace finebrush {

/// The classes predicted for an image; of parts of a large one in the latter form. None: both are null.
struct PredictedClasses {
    std::shared_ptr<const IndexMask> mask = {};
    std::shared_ptr<const LabelMap> cells = {};
    /// Of the mask's classes, row-major in 1/255; null where it is not known.
    std::shared_ptr<const std::vector<uint8_t>> confidence = {};
};

/// What is predicted of an image of this size, shared with the prediction; none where that does not fit.
PredictedClasses predictedClasses(const PredictionPtr& prediction, PixelSize image);

/// The image on the screen and what lies over it: prediction, labels, those of other views beneath them, and
/// the region of a sketch. Draws them wherever a transform says, turned or not.
class CanvasLayers {
  public:
    /// Which of the overlays are drawn.
    struct Choice {
        bool labels = true;
        bool prediction = true;
        bool earlierPrediction = false;
        bool operator==(const Choice&) const = default;
    };

    /// Takes another image (null: none). Labels and prediction are gone until set again.
    void setImage(std::shared_ptr<const OpenedImage> image);
    const std::shared_ptr<const OpenedImage>& image() const { return image_; }
    /// Of the image, in px; empty where there is none.
    PixelSize size() const { return image_ ? image_->pixels.size : PixelSize{}; }
    /// The image is to be drawn in another way.
    void refreshImage();
    /// A tile of a large image.
    void putTile(const TilePainted& tile) { largeLayer_.put(tile); }
    /// The tiles of a large image that a rectangle of the view lacks, those next to its middle first.
    std::vector<TileAddress> missingTiles(const ViewTransform& transform, const QRectF& rectInView,
                                          double devicePixelRatio) const;
    /// `labels` must live until another image or other labels are set.
    void setLabels(const LabelMap* labels);
    void refreshLabels(const RectInImage& rect);
    /// What other views have labelled in the same pixels, of the size of the image (null: nothing). Drawn
    /// with the labels, where these have nothing; gone with the image.
    void setCrossLabels(std::shared_ptr<const LabelMap> labels);
    void setShowsCrossLabels(bool shows);
    void setPrediction(const PredictedClasses& prediction);
    /// The class value predicted at a pixel, `kUnlabelled` where none is.
    uint8_t predictedAt(int x, int y) const;
    /// One of before, which is gone with the image.
    void setEarlierPrediction(const PredictedClasses& earlier);
    void setPalette(const OverlayPalette& palette);
    const OverlayPalette& palette() const { return palette_; }
    /// Classes are hatched, each in its way, instead of filled.
    void setPatterned(bool patterned);
    /// The prediction's confidence is drawn in the place of its classes.
    void setShowsDoubt(bool shows);
    /// 0: invisible, 1: opaque.
    void setLabelOpacity(double opacity) { labelOpacity_ = opacity; }
    void setPredictionOpacity(double opacity) { predictionOpacity_ = opacity; }
    void setRegion(std::shared_ptr<const PixelRegion> region, uint8_t value);
    /// What of the view the region covers.
    QRect regionInView(const ViewTransform& transform) const { return regionLayer_.rectInView(transform); }

    /// Draws what a rectangle of the view shows of the image and its overlays. `devicePixelRatio` is the
    /// view's.
    void draw(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView,
              double devicePixelRatio, Choice choice);
    /// The same, of one choice left of a line (px of the view) and of another on its right.
    void drawCompared(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView,
                      double devicePixelRatio, Comparison comparison, int line);
    void drawRegion(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView,
                    double devicePixelRatio);

  private:
    std::unique_ptr<TileSource> classSource(PixelSize size, ClassTiles::ValueAt valueAt,
                                            const LabelMap* blankWhere = nullptr) const;
    std::unique_ptr<TileSource> classSource(const LabelMap& labels) const;
    void updateCrossLayer();
    /// Null where nothing is predicted.
    std::unique_ptr<TileSource> classSource(const PredictedClasses& predicted) const;
    /// Null where it is not known how sure the model is.
    static std::unique_ptr<TileSource> doubtSource(const PredictedClasses& predicted);

    std::shared_ptr<const OpenedImage> image_;
    const LabelMap* labels_ = nullptr;
    std::shared_ptr<const LabelMap> crossLabels_;
    bool showsCrossLabels_ = true;
    bool isPatterned_ = false;
    bool showsDoubt_ = false;
    PredictedClasses prediction_;
    PredictedClasses earlierPrediction_;
    OverlayPalette palette_{};
    TiledLayer imageLayer_;
    LargeLayer largeLayer_;  ///< in place of it, for a large image
    TiledLayer labelLayer_;
    TiledLayer crossLayer_;
    TiledLayer predictionLayer_;
    TiledLayer earlierLayer_;
    RegionLayer regionLayer_;
    double labelOpacity_ = 0.8;
    double predictionOpacity_ = 0.45;
};

}  // namespace finebrush
