#include "ui/canvas/layers/region_layer.h"

#include <QPainter>
#include <QTransform>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

constexpr double kFillOpacity = 0.45;
constexpr double kPenReach = 3;  // view px beyond the edge

/// The pieces of each row, from the left.
class Rows {
  public:
    explicit Rows(const PixelRegion& region) : bounds_(region.bounds()) {
        rows_.resize(static_cast<size_t>(std::max(0, bounds_.height)));
        for (const RectInImage& rect : region.rects()) {
            for (int y = rect.y; y < rect.bottom(); ++y) {
                rows_[static_cast<size_t>(y - bounds_.y)].emplace_back(rect.x, rect.right());
            }
        }
        for (auto& row : rows_) std::sort(row.begin(), row.end());
    }

    using Row = std::vector<std::pair<int, int>>;
    const Row& row(int y) const {
        static const Row none;
        const bool isInside = y >= bounds_.y && y < bounds_.bottom();
        return isInside ? rows_[static_cast<size_t>(y - bounds_.y)] : none;
    }
    bool contains(int x, int y) const {
        const Row& pieces = row(y);
        const auto after = std::upper_bound(pieces.begin(), pieces.end(), x,
                                            [](int place, const auto& piece) { return place < piece.first; });
        return after != pieces.begin() && x < std::prev(after)->second;
    }

  private:
    RectInImage bounds_;
    std::vector<Row> rows_;
};

/// The places where exactly one of two rows changes between inside and outside; from each odd one to the
/// next, the rows differ.
std::vector<int> differences(const Rows::Row& one, const Rows::Row& other) {
    std::map<int, int> changes;
    for (const Rows::Row* row : {&one, &other}) {
        for (const auto& [from, to] : *row) {
            ++changes[from];
            ++changes[to];
        }
    }
    std::vector<int> places;
    for (const auto& [place, count] : changes) {
        if (count % 2 == 1) places.push_back(place);
    }
    return places;
}

}  // namespace

QVector<QLineF> outlineOf(const PixelRegion& region) {
    const Rows rows(region);
    QVector<QLineF> lines;
    std::map<int, int> open;  // column → the row in which an upright edge began
    for (int y = region.bounds().y; y <= region.bounds().bottom(); ++y) {
        const std::vector<int> level = differences(rows.row(y - 1), rows.row(y));
        for (size_t i = 0; i + 1 < level.size(); i += 2) lines << QLineF(level[i], y, level[i + 1], y);

        std::map<int, int> goesOn;
        for (const int column : differences(rows.row(y), {})) {
            const auto begun = open.find(column);
            goesOn[column] = begun == open.end() ? y : begun->second;
        }
        for (const auto& [column, from] : open) {
            if (!goesOn.contains(column)) lines << QLineF(column, from, column, y);
        }
        open = std::move(goesOn);
    }
    return lines;
}

void RegionLayer::setRegion(std::shared_ptr<const PixelRegion> region, uint8_t value, PixelSize image,
                            const OverlayPalette& palette) {
    region_ = region && !region->isEmpty() ? std::move(region) : nullptr;
    outline_ = region_ ? outlineOf(*region_) : QVector<QLineF>();
    if (!region_) {
        fill_.setSource(nullptr);
        return;
    }
    const auto valueAt = [rows = Rows(*region_), value](int x, int y) {
        return rows.contains(x, y) ? value : kUnlabelled;
    };
    fill_.setSource(std::make_unique<ClassTiles>(image, valueAt, palette));
}

void RegionLayer::draw(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView,
                       double devicePixelRatio) {
    if (!region_) return;
    painter.save();
    painter.setOpacity(kFillOpacity);
    fill_.draw(painter, transform, rectInView, devicePixelRatio);
    painter.setOpacity(1);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF origin = transform.origin();
    const QSizeF pixel = transform.pixelShape() * transform.scale();
    painter.setTransform(QTransform::fromScale(pixel.width(), pixel.height()) *
                             QTransform::fromTranslate(origin.x(), origin.y()),
                         true);
    // White within black is seen on every image.
    for (QPen pen : {QPen(QColor(0, 0, 0, 190), 3), QPen(Qt::white, 1.2)}) {
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.drawLines(outline_);
    }
    painter.restore();
}

QRect RegionLayer::rectInView(const ViewTransform& transform) const {
    if (!region_) return {};
    return transform.viewFromImage(region_->bounds())
        .adjusted(-kPenReach, -kPenReach, kPenReach, kPenReach)
        .toAlignedRect();
}

}  // namespace finebrush
