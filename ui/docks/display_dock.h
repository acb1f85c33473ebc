#pragma once

#include "core/session/session.h"
#include "ui/docks/dock.h"

#include <QStringList>

#include <array>
#include <optional>

class QAction;
class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QMenu;
class QPushButton;
class QSlider;

namespace finebrush {

class HistogramView;
class SessionBridge;

/// How the image on the screen is shown: which raw values are black and white, the tone between them, the
/// bands. What the model sees is another matter and does not change with it.
class DisplayDock : public Dock {
    Q_OBJECT

  public:
    DisplayDock(SessionBridge& bridge, QWidget* parent = nullptr);

  protected:
    void retranslate() override;

  private:
    void layOut();
    void connectFields();
    /// Shows how the image of now is shown, and adapts the fields' steps to its values.
    void follow();
    void fitFields(const OpenedImage& image);
    void fillBands(const OpenedImage& image);
    void fillPresets();
    void addWindows(const OpenedImage& image);
    void addPreset(const QString& name, const ValueRange& limits);
    void addPresetOfEachBand(size_t cut);
    /// Bands for the colours: those that the file names, and those that images often have.
    void addCompositions(const OpenedImage& image);
    /// What a person chooses from, marked where it is what is shown now.
    QAction* addChoice(const QString& text, bool isShown);
    void showLimits(const DisplayMapping& display);
    /// What was chosen last, drawn or not.
    DisplayMapping current() const;
    /// What the fields say.
    DisplayMapping chosen() const;
    void chooseBands();
    void choose(const DisplayMapping& display);
    void preview(const DisplayMapping& display);

    SessionBridge& bridge_;
    HistogramView* histogram_;
    QLabel* limits_;
    QPushButton* presets_;
    QMenu* presetMenu_;
    QFormLayout* form_;
    QDoubleSpinBox* level_;
    QDoubleSpinBox* window_;
    QDoubleSpinBox* gamma_;
    QWidget* bandRow_;
    std::array<QLabel*, 3> bandHeadings_;
    std::array<QComboBox*, 3> bands_;
    std::array<QSlider*, 3> bandSliders_;  ///< to go through many bands
    QStringList bandNames_;                ///< that the fields offer
    QCheckBox* inverted_;
    QCheckBox* smooth_;
    QPushButton* reset_;
    QLabel* hint_;
    std::optional<DisplayMapping> wanted_;  ///< was asked for here and is not on the screen yet
    std::optional<size_t> cutOfBands_;  ///< the stretch of each band that is to follow once they are drawn
};

}  // namespace finebrush
