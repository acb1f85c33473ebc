#pragma once

#include "core/labels/class_table.h"

#include <QObject>

namespace finebrush {

/// What the left mouse button does on the canvas.
enum class ToolKind {
    Brush,
    Eraser,
    Line,
    Superpixels,
    Polygon,
    Rectangle,
    Lasso,
    Fill,
    Wand,
    Sam,
    Pick,
    Measure,
    Pan
};

/// Whether a tool paints a round spot under the pointer.
constexpr bool paintsRound(ToolKind kind) {
    return kind == ToolKind::Brush || kind == ToolKind::Eraser || kind == ToolKind::Line;
}

/// Whether a tool changes labels.
constexpr bool paints(ToolKind kind) {
    return kind != ToolKind::Pick && kind != ToolKind::Measure && kind != ToolKind::Pan;
}

/// Whether what a tool paints with has a size.
constexpr bool hasSize(ToolKind kind) {
    return paintsRound(kind) || kind == ToolKind::Superpixels;
}

/// The tool in the person's hand: its kind, its size or tolerance and the class that it paints.
class ToolBox : public QObject {
    Q_OBJECT

  public:
    static constexpr double kMinDiameter = 1;
    static constexpr double kMaxDiameter = 1000;
    static constexpr int kMaxTolerance = 255;

    explicit ToolBox(QObject* parent = nullptr) : QObject(parent) {}

    ToolKind kind() const { return kind_; }
    void setKind(ToolKind kind);
    /// Goes back to the kind before the last change.
    void takePreviousKind() { setKind(previousKind_); }

    /// Of brush and eraser, and of a superpixel about the side; in px of the image,
    /// along their shorter side.
    double diameter() const { return diameter_; }
    void setDiameter(double diameter);
    /// Each step changes the diameter by a fifth, and by 1 px at least; negative steps shrink.
    void resize(int steps);

    /// Whether a pen paints with more of the size the harder it is pressed.
    bool pressureSizes() const { return pressureSizes_; }
    void setPressureSizes(bool sizes);

    /// How far a channel may differ for the wand, of 255.
    int tolerance() const { return tolerance_; }
    void setTolerance(int tolerance);

    /// Empty where there is no class.
    const ClassId& currentClass() const { return currentClass_; }
    void setCurrentClass(const ClassId& id);
    /// Paints with the first class, or, where that is current, with the one before it.
    void swapWithFirstClass(const ClassTable& classes);
    /// Goes down the list of classes by one, or up by -1; round at its ends.
    void stepClass(const ClassTable& classes, int step);
    /// Keeps the current class among the classes; the first one takes over where it is gone.
    void followClasses(const ClassTable& classes);

  signals:
    void kindChanged(finebrush::ToolKind kind);
    void diameterChanged(double diameter);
    void pressureSizesChanged(bool sizes);
    void toleranceChanged(int tolerance);
    void currentClassChanged(const finebrush::ClassId& id);

  private:
    ToolKind kind_ = ToolKind::Brush;
    ToolKind previousKind_ = ToolKind::Brush;
    double diameter_ = 16;
    bool pressureSizes_ = true;
    int tolerance_ = 16;
    ClassId currentClass_;
    ClassId swapClass_;  ///< to go back to from the first class
};

}  // namespace finebrush
