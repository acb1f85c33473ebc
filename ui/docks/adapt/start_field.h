#pragma once

#include "core/session/session.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <string>

class QComboBox;
class QLabel;

namespace finebrush {

/// Chooses what an adaptation starts from: the network as published, or the adapter of a folder, of which it
/// tells what it is. The last entry of the list asks for a folder.
class StartField : public QWidget {
    Q_OBJECT

  public:
    explicit StartField(QWidget* parent = nullptr);

    /// Empty: the network as published.
    const std::string& folder() const { return folder_; }
    /// Shows what was chosen before; announces no choice.
    void setFolder(const std::string& folder);
    /// Takes what the adapter in a folder says of itself, where that is the folder that is chosen.
    void describe(const AdapterDescribed& adapter);
    /// What the adapter that is chosen says; null where there is none, until then, and where it cannot be
    /// read.
    const messages::AdapterConfig* adapter() const { return adapter_.get(); }
    /// What of it a person may want to know, as a sentence of the method's description.
    QString dictation() const;

  signals:
    /// The person chose to start from nothing.
    void changed();
    /// The person wants to choose a folder.
    void folderWanted();
    /// Another folder is chosen: what is in it is to be told.
    void descriptionWanted(const std::string& folder);
    /// What is known of the adapter is another, or of another one.
    void adapterChanged();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void rebuild();
    void choose(int place);
    void refreshFacts();
    QString factsText() const;

    QComboBox* list_;
    QLabel* facts_;
    std::string folder_;
    std::shared_ptr<const messages::AdapterConfig> adapter_;
    std::optional<Error> refusal_;
};

}  // namespace finebrush
