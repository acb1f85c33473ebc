#pragma once

#include "core/labels/class_table.h"

#include <QDialog>

#include <optional>

class QComboBox;

namespace finebrush {

/// Asks what becomes of the labels of a class that is to be removed: nothing, or labels of another class.
class RemoveClassDialog : public QDialog {
    Q_OBJECT

  public:
    RemoveClassDialog(const ClassTable& classes, const LabelClass& removed, QWidget* parent = nullptr);

  signals:
    /// The class that gets the labels; none: they become unlabelled.
    void chosen(const std::optional<finebrush::ClassId>& heir);

  private:
    QComboBox* heirs_;
};

}  // namespace finebrush
