#pragma once

#include "core/labels/paint_mask.h"

#include <optional>

namespace finebrush::testing {

/// Lets the pixels from a column on be changed.
struct ColumnMask : PaintMask {
    explicit ColumnMask(int column) : first(column) {}

    void read(int x, int, std::span<uint8_t> allowed) override {
        for (size_t i = 0; i < allowed.size(); ++i) allowed[i] = x + static_cast<int>(i) >= first;
    }
    bool isInMemory() const override { return true; }
    bool isReady(const RectInImage&) override { return true; }
    Result<void> prepare(std::span<const RectInImage> rects, const std::stop_token&) override {
        prepared += rects.size();
        return problem ? Result<void>(failure(*problem)) : Result<void>();
    }

    int first;
    size_t prepared = 0;  ///< rectangles
    std::optional<Error> problem;
};

}  // namespace finebrush::testing
