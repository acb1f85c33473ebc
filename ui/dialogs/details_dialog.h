#pragma once

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace finebrush {

/// Shows an error's sentence with the raw text beneath it and the end of the engine's log. Does not block.
class DetailsDialog : public QDialog {
    Q_OBJECT

  public:
    /// `detail` and `engineLog` may be empty.
    DetailsDialog(const QString& sentence, const QString& detail, const QString& engineLog,
                  QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();

    QString detail_;
    QString engineLog_;
    QLabel* sentence_;
    QPlainTextEdit* text_;
    QPushButton* copy_;
    QPushButton* close_;
};

}  // namespace finebrush
