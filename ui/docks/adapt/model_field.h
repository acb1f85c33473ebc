#pragma once

#include "core/session/session.h"

#include <QWidget>

#include <string>
#include <vector>

class QComboBox;
class QLabel;

namespace finebrush {

/// Chooses the network that is adapted, and tells what it is: architecture, size, speed on this machine,
/// licence. The last entry of the list adds a file.
class ModelField : public QWidget {
    Q_OBJECT

  public:
    explicit ModelField(QWidget* parent = nullptr);

    void setModels(const std::vector<ModelEntry>& models);
    /// The file of the model; empty: the engine's default one.
    std::string model() const { return model_; }
    /// Shows what was chosen before; announces nothing.
    void setModel(const std::string& file);
    /// What the engine said of the model; null until then.
    const messages::ModelInfo* info() const;

  signals:
    /// The person chose another model.
    void changed();
    /// What is known of the model is another, or of another model.
    void infoChanged();
    /// The person wants to see the list: it should be up to date.
    void listWanted();
    /// The person wants to add a checkpoint of their own.
    void addWanted();

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void rebuild();
    /// True where the list has these files already: one that is open is not built anew under the pointer.
    bool holds(const std::vector<ModelEntry>& models) const;
    void choose(int place);
    void refreshFacts();
    QString nameOf(const ModelEntry& entry) const;
    /// What tells how pixels are prepared, where only a file's name does; else empty.
    static QString pixelsText(const messages::ModelInfo& info);
    /// The licence of a model, and what tells it.
    static QString licenceText(const messages::ModelInfo& info);

    QComboBox* list_;
    QLabel* facts_;
    std::vector<ModelEntry> models_ = {ModelEntry{}};
    std::string model_;
};

}  // namespace finebrush
