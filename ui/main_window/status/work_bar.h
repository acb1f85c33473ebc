#pragma once

#include <QTimer>
#include <QWidget>

#include <functional>

class QProgressBar;
class QToolButton;

namespace finebrush {

class ElidedLabel;

/// Says in the status line what goes on in the background, and how far it is where that is known. The person
/// may stop it.
class WorkBar : public QWidget {
    Q_OBJECT

  protected:
    struct Texts {
        QString what;
        QString toolTip;
        QString stop;  ///< what the button does, in a word
        QString stopToolTip;
    };

    /// `name` is that of the object, "Stop" and `work` that of its button.
    WorkBar(const QString& name, const QString& work, std::function<void()> stop, QWidget* parent);

    virtual Texts texts() const = 0;
    /// To be called by the constructor of what says the texts.
    void retranslate();
    /// Is seen once this has gone on for a moment.
    void setRunning(bool isRunning);
    QProgressBar& bar() { return *bar_; }
    void changeEvent(QEvent* event) override;

  private:
    ElidedLabel* text_;
    QProgressBar* bar_;
    QToolButton* stop_;
    QTimer moment_;
};

}  // namespace finebrush
