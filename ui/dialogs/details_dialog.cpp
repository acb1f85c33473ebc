#include "ui/dialogs/details_dialog.h"

#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace finebrush {

DetailsDialog::DetailsDialog(const QString& sentence, const QString& detail, const QString& engineLog,
                             QWidget* parent)
    : QDialog(parent),
      detail_(detail),
      engineLog_(engineLog),
      sentence_(new QLabel(sentence)),
      text_(new QPlainTextEdit),
      copy_(new QPushButton),
      close_(new QPushButton) {
    setObjectName(QStringLiteral("DetailsDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    sentence_->setObjectName(QStringLiteral("DetailsSentence"));
    sentence_->setTextFormat(Qt::PlainText);  // file names may hold anything
    sentence_->setWordWrap(true);
    sentence_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text_->setObjectName(QStringLiteral("DetailsText"));
    text_->setReadOnly(true);
    text_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    copy_->setObjectName(QStringLiteral("DetailsCopy"));
    close_->setObjectName(QStringLiteral("DetailsClose"));
    close_->setDefault(true);

    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(copy_);
    buttons->addWidget(close_);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(sentence_);
    layout->addWidget(text_, 1);
    layout->addLayout(buttons);
    resize(620, 360);

    connect(copy_, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(sentence_->text() + QStringLiteral("\n\n") +
                                              text_->toPlainText());
    });
    connect(close_, &QPushButton::clicked, this, &QDialog::close);
    retranslate();
}

void DetailsDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QDialog::changeEvent(event);
}

void DetailsDialog::retranslate() {
    setWindowTitle(tr("Details"));
    text_->setAccessibleName(tr("Details"));
    copy_->setText(tr("Copy"));
    close_->setText(tr("Close"));
    QStringList parts;
    if (!detail_.isEmpty()) parts << detail_;
    if (!engineLog_.isEmpty()) parts << tr("The last lines of the engine's log:") << engineLog_;
    text_->setPlainText(parts.isEmpty() ? tr("There is nothing more to say about this.")
                                        : parts.join(QStringLiteral("\n\n")));
}

}  // namespace finebrush
