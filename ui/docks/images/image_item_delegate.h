#pragma once

#include <QStyledItemDelegate>

namespace finebrush {

/// Draws a row of the list: thumbnail, name, size or number of slices, and badges for "done", "to check",
/// "labelled" and "predicted".
class ImageItemDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    /// What an item holds beside its name (DisplayRole) and thumbnail (DecorationRole, a QImage).
    enum Role {
        IdRole = Qt::UserRole,
        DetailRole,
        ReviewRole,  ///< an int of `ReviewState`
        LabelledRole,
        PredictedRole,
        MissingRole,
        DiffersRole
    };

    explicit ImageItemDelegate(QObject* parent = nullptr) : QStyledItemDelegate(parent) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace finebrush
