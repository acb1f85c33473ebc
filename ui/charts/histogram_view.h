#pragma once

#include "core/session/session.h"

#include <QWidget>

class QPainter;

namespace finebrush {

/// How often each raw value occurs (on a logarithmic scale), and which of them are shown black and white. The
/// two limits can be dragged.
class HistogramView : public QWidget {
    Q_OBJECT

  public:
    explicit HistogramView(QWidget* parent = nullptr);

    /// Shows an image; null: nothing.
    void setImage(const OpenedImage* image);
    QSize sizeHint() const override { return {200, 96}; }
    QSize minimumSizeHint() const override { return {120, 72}; }

  signals:
    /// The person drags a limit ...
    void limitsDragged(double low, double high);
    /// ... and lets it go.
    void limitsChosen(double low, double high);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

  private:
    enum class Limit { None, Low, High };

    double xOf(double value) const;
    double valueAt(double x) const;
    void drawLimit(QPainter& painter, double value, const QColor& fill) const;

    ValueSummary values_;
    ValueRange shown_;
    bool inverted_ = false;
    Limit dragged_ = Limit::None;
};

}  // namespace finebrush
