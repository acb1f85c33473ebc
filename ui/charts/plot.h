#pragma once

#include <qcustomplot.h>

namespace finebrush {

struct ThemeColours;

/// A chart with a title above, a legend in a row of its own that never covers a curve, and the colours of the
/// theme. The charts of the window derive from it and say what they draw.
class Plot : public QCustomPlot {
    Q_OBJECT

  public:
    explicit Plot(QWidget* parent = nullptr);

    QString title() const { return title_->text(); }

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

    /// Sets title, axis labels and names of curves, in the language of the window.
    virtual void retranslate() = 0;
    /// Sets the colours of the curves.
    virtual void recolour(const ThemeColours& colours) = 0;
    /// To be called at the end of a derived constructor: shows texts and colours for the first time.
    void refreshLook();
    void setTitle(const QString& title) { title_->setText(title); }

    /// Says in the middle that there is nothing to see yet.
    void setEmpty(bool empty) { empty_->setVisible(empty); }

  private:
    void applyTheme();
    void retranslateAll();
    /// Breaks the legend into as many rows as its names need.
    void wrapLegend();

    QCPTextElement* title_;
    QCPItemText* empty_ = nullptr;
};

}  // namespace finebrush
