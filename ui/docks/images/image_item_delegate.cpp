#include "ui/docks/images/image_item_delegate.h"

#include "core/session/images/image_entry.h"
#include "ui/settings/icons.h"
#include "ui/settings/theme.h"

#include <QPainter>

#include <algorithm>

namespace finebrush {

namespace {

constexpr int kThumbnail = 52;  // px of the view, both ways
constexpr int kMargin = 6;
constexpr int kBadge = 14;

/// Draws a thumbnail within a square, its proportions kept.
void drawThumbnail(QPainter& painter, const QRect& square, const QImage& thumbnail) {
    if (thumbnail.isNull()) {
        themedIcon(QStringLiteral("image"))
            .paint(&painter, square.adjusted(12, 12, -12, -12), Qt::AlignCenter, QIcon::Disabled);
        return;
    }
    QRect target(QPoint(), thumbnail.size().scaled(square.size(), Qt::KeepAspectRatio));
    target.moveCenter(square.center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(target, thumbnail);
}

/// A disc with a tick for "done", a flag for "to check": their shapes tell them apart without colours.
void drawReview(QPainter& painter, const QRectF& badge, ReviewState review, const QColor& colour,
                const QColor& behind) {
    const auto at = [&](double x, double y) {
        return QPointF(badge.left() + x * badge.width(), badge.top() + y * badge.height());
    };
    const auto line = [](const QColor& ink) {
        return QPen(ink, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    };
    if (review == ReviewState::Done) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(badge);
        const QPointF tick[] = {at(0.26, 0.54), at(0.44, 0.72), at(0.75, 0.33)};
        painter.setPen(line(behind));
        painter.drawPolyline(tick, 3);
    } else {
        const QPointF flag[] = {at(0.2, 0.08), at(0.95, 0.33), at(0.2, 0.6)};
        painter.setPen(line(colour));
        painter.setBrush(colour);
        painter.drawPolygon(flag, 3);
        painter.drawLine(at(0.2, 0.08), at(0.2, 0.98));
    }
}

}  // namespace

void ImageItemDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const ThemeColours& colours = themeColours(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    const QColor text = selected ? colours.accentText : colours.text;
    const QColor secondary = selected ? colours.accentText : colours.mutedText;
    const QRect cell = option.rect.adjusted(2, 1, -2, -1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (selected || option.state & QStyle::State_MouseOver) {
        painter->setBrush(selected ? colours.accent : colours.window);
        painter->drawRoundedRect(cell, 6, 6);
    }
    const QRect square(cell.left() + kMargin, cell.top() + (cell.height() - kThumbnail) / 2, kThumbnail,
                       kThumbnail);
    drawThumbnail(*painter, square, index.data(Qt::DecorationRole).value<QImage>());

    const int left = square.right() + kMargin + 2;
    const QFontMetrics metrics = option.fontMetrics;
    QRect line(left, square.top(), cell.right() - kMargin - left, metrics.height());
    const QString name = metrics.elidedText(index.data().toString(), Qt::ElideMiddle, line.width());
    // Letters that the font lacks come from another, which may be taller.
    line.setHeight(std::max(metrics.height(), metrics.boundingRect(name).height()));
    painter->setPen(text);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, name);
    line.translate(0, line.height());
    const bool missing = index.data(MissingRole).toBool();
    const bool differs = index.data(DiffersRole).toBool();
    const QString state = missing ? tr("File missing") : tr("Another file");
    painter->setPen((missing || differs) && !selected ? colours.error : secondary);
    const QString detail = missing || differs ? state : index.data(DetailRole).toString();
    painter->drawText(line, Qt::AlignLeft | Qt::AlignTop,
                      metrics.elidedText(detail, Qt::ElideRight, line.width()));

    QRect badge(left, square.bottom() - kBadge + 1, kBadge, kBadge);
    const auto review = static_cast<ReviewState>(index.data(ReviewRole).toInt());
    if (review != ReviewState::Open) {
        const QColor ink = review == ReviewState::Done ? colours.success : colours.error;
        drawReview(*painter, badge, review, selected ? colours.accentText : ink,
                   selected ? colours.accent : colours.base);
        badge.translate(kBadge + 4, 0);
    }
    const auto drawBadge = [&](Role role, const char* icon) {
        if (!index.data(role).toBool()) return;
        themedIcon(QLatin1String(icon))
            .paint(painter, badge, Qt::AlignCenter, selected ? QIcon::Selected : QIcon::Normal);
        badge.translate(kBadge + 4, 0);
    };
    drawBadge(LabelledRole, "brush");
    drawBadge(PredictedRole, "adapt");
    painter->restore();
}

QSize ImageItemDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {kThumbnail * 2, kThumbnail + 2 * kMargin};
}

}  // namespace finebrush
