#pragma once

#include "core/session/images/image_entry.h"
#include "ui/docks/elided_combo_box.h"

namespace finebrush {

/// How far the labels of an image are: what is said of them, else whether there are any.
enum class LabelProgress { NotStarted, InProgress, ToCheck, Done };

LabelProgress progressOf(ReviewState review, bool isLabelled);

/// "In progress", in the language of the window.
QString textOf(LabelProgress progress);

/// Chooses which rows of the list of images are seen, by how far they are.
class ReviewFilter : public ElidedComboBox {
    Q_OBJECT

  public:
    explicit ReviewFilter(QWidget* parent = nullptr);

    bool accepts(LabelProgress progress) const;
    void showAll() { setCurrentIndex(0); }
    void retranslate();
};

}  // namespace finebrush
