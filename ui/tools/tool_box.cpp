#include "ui/tools/tool_box.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace finebrush {

namespace {

constexpr double kGrowth = 1.2;

}  // namespace

void ToolBox::setKind(ToolKind kind) {
    if (kind == kind_) return;
    previousKind_ = std::exchange(kind_, kind);
    emit kindChanged(kind);
}

void ToolBox::setDiameter(double diameter) {
    const double clamped = std::clamp(std::round(diameter), kMinDiameter, kMaxDiameter);
    if (clamped == diameter_) return;
    diameter_ = clamped;
    emit diameterChanged(clamped);
}

void ToolBox::setPressureSizes(bool sizes) {
    if (sizes == pressureSizes_) return;
    pressureSizes_ = sizes;
    emit pressureSizesChanged(sizes);
}

void ToolBox::setTolerance(int tolerance) {
    const int clamped = std::clamp(tolerance, 0, kMaxTolerance);
    if (clamped == tolerance_) return;
    tolerance_ = clamped;
    emit toleranceChanged(clamped);
}

void ToolBox::resize(int steps) {
    double diameter = diameter_;
    for (int step = 0; step < std::abs(steps); ++step) {
        diameter = steps > 0 ? std::max(diameter + 1, diameter * kGrowth)
                             : std::min(diameter - 1, diameter / kGrowth);
    }
    setDiameter(diameter);
}

void ToolBox::setCurrentClass(const ClassId& id) {
    if (id == currentClass_) return;
    currentClass_ = id;
    emit currentClassChanged(id);
}

void ToolBox::swapWithFirstClass(const ClassTable& classes) {
    if (classes.size() < 2) return;
    const ClassId& first = classes.classes().front().id;
    if (currentClass_ != first) {
        swapClass_ = currentClass_;
        setCurrentClass(first);
    } else {
        setCurrentClass(classes.find(swapClass_) ? swapClass_ : classes.classes()[1].id);
    }
}

void ToolBox::stepClass(const ClassTable& classes, int step) {
    const int place = classes.indexOf(currentClass_);
    if (place < 0) return;
    const int next = (place + step + classes.size()) % classes.size();
    setCurrentClass(classes.classes()[static_cast<size_t>(next)].id);
}

void ToolBox::followClasses(const ClassTable& classes) {
    if (classes.find(currentClass_)) return;
    setCurrentClass(classes.size() == 0 ? ClassId{} : classes.classes().front().id);
}

}  // namespace finebrush
