#include "ui/docks/ct_windows.h"

#include <QCoreApplication>

namespace finebrush {

namespace {

constexpr double kSurelyAir = -500, kSurelyBone = 500;

}  // namespace

std::vector<CtWindow> ctWindows() {
    const auto window = [](const char* name, double centre, double width) {
        return CtWindow{QCoreApplication::translate("finebrush::CtWindow", name),
                        {centre - width / 2, centre + width / 2}};
    };
    return {window(QT_TRANSLATE_NOOP("finebrush::CtWindow", "Soft tissue"), 40, 400),
            window(QT_TRANSLATE_NOOP("finebrush::CtWindow", "Lung"), -600, 1500),
            window(QT_TRANSLATE_NOOP("finebrush::CtWindow", "Bone"), 400, 1800),
            window(QT_TRANSLATE_NOOP("finebrush::CtWindow", "Brain"), 40, 80),
            window(QT_TRANSLATE_NOOP("finebrush::CtWindow", "Liver"), 60, 160)};
}

bool hasCtValues(const OpenedImage& image) {
    if (image.isHounsfield) return true;
    const bool mayBeCt = image.volumeFormat == "NIfTI" && image.pixels.bands == 1;
    return mayBeCt && image.values.whole.low < kSurelyAir && image.values.whole.high > kSurelyBone;
}

}  // namespace finebrush
