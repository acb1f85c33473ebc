#include "ui/dialogs/reason_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

/// One that is a case of another stands before it.
constexpr auto kReasons = std::to_array<const char*>({
    // images
    QT_TRANSLATE_NOOP("Reason", "it cannot be decoded"),
    QT_TRANSLATE_NOOP("Reason", "a part of it cannot be decoded"),
    QT_TRANSLATE_NOOP("Reason", "parts of it cannot be decoded"),
    QT_TRANSLATE_NOOP("Reason", "the file is cut off"),
    QT_TRANSLATE_NOOP("Reason", "the file is cut off or damaged"),
    QT_TRANSLATE_NOOP("Reason", "pixels of type %1"),
    QT_TRANSLATE_NOOP("Reason", "%1 bands, where %2 are the most that are read"),
    QT_TRANSLATE_NOOP("Reason", "one of its pages cannot be decoded"),
    QT_TRANSLATE_NOOP("Reason", "it holds no stack of pages"),
    QT_TRANSLATE_NOOP("Reason", "the list of its pages is cut off or damaged"),
    QT_TRANSLATE_NOOP("Reason", "its pages are not alike"),
    QT_TRANSLATE_NOOP("Reason", "it does not begin with a NIfTI header"),
    QT_TRANSLATE_NOOP("Reason", "the file ends within its header"),
    QT_TRANSLATE_NOOP("Reason", "its header places the values outside the file"),
    QT_TRANSLATE_NOOP("Reason", "its header scales the values by no number"),
    QT_TRANSLATE_NOOP("Reason", "its header claims %1 bytes, more than the file can hold"),
    QT_TRANSLATE_NOOP("Reason", "its header counts %1 dimensions"),
    QT_TRANSLATE_NOOP("Reason", "its header gives dimension %1 a length of %2"),
    QT_TRANSLATE_NOOP("Reason", "NIfTI with the values in another file (.img)"),
    QT_TRANSLATE_NOOP("Reason", "NIfTI of more than four dimensions"),
    QT_TRANSLATE_NOOP("Reason", "NIfTI voxels of %1"),
    QT_TRANSLATE_NOOP("Reason", "JPEG 2000 of %1 tiles with %2 samples each"),
    QT_TRANSLATE_NOOP("Reason", "its samples have an impossible depth"),
    QT_TRANSLATE_NOOP("Reason", "it does not say how large its image is"),
    QT_TRANSLATE_NOOP("Reason", "its number of frames is no number"),
    QT_TRANSLATE_NOOP("Reason", "it says no number of frames"),
    QT_TRANSLATE_NOOP("Reason", "it has no frame"),
    QT_TRANSLATE_NOOP("Reason", "it holds no pixels"),
    QT_TRANSLATE_NOOP("Reason", "its colour model and its number of samples do not fit"),
    QT_TRANSLATE_NOOP("Reason", "its colour model and its compression do not fit"),
    QT_TRANSLATE_NOOP("Reason", "its pixels share their colours in pairs, but their number is odd"),
    QT_TRANSLATE_NOOP("Reason", "its palette is missing or damaged"),
    QT_TRANSLATE_NOOP("Reason", "it claims %1 frames of %2 × %3 pixels, more than it holds"),
    QT_TRANSLATE_NOOP("Reason", "it claims frames of %1 × %2 pixels, more than it holds"),
    QT_TRANSLATE_NOOP("Reason", "its data elements cannot be read to the end"),
    QT_TRANSLATE_NOOP("Reason", "it claims values larger than the memory"),
    QT_TRANSLATE_NOOP("Reason", "it is larger than 1 GiB"),
    QT_TRANSLATE_NOOP("Reason", "its frames are not of the size that its header names"),
    QT_TRANSLATE_NOOP("Reason", "it inflates to more than an image takes"),
    QT_TRANSLATE_NOOP("Reason", "it holds more items than are followed"),
    QT_TRANSLATE_NOOP("Reason", "its compressed pixels are missing"),
    QT_TRANSLATE_NOOP("Reason", "its compressed frames cannot be told apart"),
    QT_TRANSLATE_NOOP("Reason", "it holds fewer pixels than it claims"),
    QT_TRANSLATE_NOOP("Reason", "its pixels cannot be read"),
    QT_TRANSLATE_NOOP("Reason", "its frame %1 cannot be decompressed"),
    QT_TRANSLATE_NOOP("Reason", "its frame %1 is not of the size or depth that its header names"),
    QT_TRANSLATE_NOOP("Reason", "DICOM with %1 samples a pixel"),
    QT_TRANSLATE_NOOP("Reason", "DICOM with a rare colour model"),
    QT_TRANSLATE_NOOP("Reason", "DICOM with %1 bits a sample"),
    QT_TRANSLATE_NOOP("Reason", "DICOM with colours of 32 bits or with signs"),
    QT_TRANSLATE_NOOP("Reason", "DICOM with YBR colours of more than 8 bits"),
    QT_TRANSLATE_NOOP("Reason", "DICOM with colours that are fractions"),
    QT_TRANSLATE_NOOP("Reason", "DICOM compressed as %1"),
    QT_TRANSLATE_NOOP("Reason", "DICOM without pixels, such as a report or a plan"),
    // series
    QT_TRANSLATE_NOOP("Reason",
                      "files of another size, direction, spacing or kind of pixels are opened apart: %1"),
    QT_TRANSLATE_NOOP("Reason", "several of its slices lie at one place"),
    QT_TRANSLATE_NOOP("Reason", "a slice is missing between the slices %1 and %2 of %3"),
    QT_TRANSLATE_NOOP("Reason", "%1 slices are missing between the slices %2 and %3 of %4"),
    QT_TRANSLATE_NOOP("Reason", "the steps of its slices are uneven"),
    QT_TRANSLATE_NOOP("Reason", "they store their pixels in different ways"),
    // labels
    QT_TRANSLATE_NOOP("Reason", "a segmentation of type %1"),
    QT_TRANSLATE_NOOP("Reason", "a compressed segmentation"),
    QT_TRANSLATE_NOOP("Reason", "its segments cannot be told apart"),
    QT_TRANSLATE_NOOP("Reason", "a frame is of no known segment"),
    QT_TRANSLATE_NOOP("Reason", "its frames are of %1 × %2 pixels"),
    QT_TRANSLATE_NOOP("Reason", "its frames have other pixels, or are turned another way"),
    QT_TRANSLATE_NOOP("Reason", "a frame lies between the slices, or beside them"),
    QT_TRANSLATE_NOOP("Reason", "a frame lies outside of the volume"),
    QT_TRANSLATE_NOOP("Reason", "its frames say neither a place nor an image"),
    QT_TRANSLATE_NOOP("Reason", "it was drawn on other images"),
    QT_TRANSLATE_NOOP("Reason", "it was drawn on other frames"),
    QT_TRANSLATE_NOOP("Reason", "no volume of the project has the same voxels"),
    QT_TRANSLATE_NOOP("Reason", "its voxels are complex numbers"),
    QT_TRANSLATE_NOOP("Reason", "it changed while it was read"),
    QT_TRANSLATE_NOOP("Reason", "they are of another place, scale or projection"),
    QT_TRANSLATE_NOOP("Reason", "their projection cannot be brought to that of the image"),
    QT_TRANSLATE_NOOP("Reason", "a shape cannot be projected to the image"),
    QT_TRANSLATE_NOOP("Reason", "they are on a map (%1) and the image does not say where it lies on one"),
    QT_TRANSLATE_NOOP("Reason", "all of them lie outside of it"),
    QT_TRANSLATE_NOOP("Reason", "it is no vector file that can be opened"),
    QT_TRANSLATE_NOOP("Reason", "it holds no areas"),
    QT_TRANSLATE_NOOP("Reason", "they cannot be drawn"),
    QT_TRANSLATE_NOOP("Reason", "it has more than 254 classes"),
    QT_TRANSLATE_NOOP("Reason", "it is not well-formed JSON"),
    QT_TRANSLATE_NOOP("Reason", "its “images” or “annotations” are no list"),
    QT_TRANSLATE_NOOP("Reason", "annotation %1 is of no category that the file names"),
    QT_TRANSLATE_NOOP("Reason", "annotation %1 is of one category too many"),
    QT_TRANSLATE_NOOP("Reason", "annotation %1 has a shape that does not fit its image"),
    QT_TRANSLATE_NOOP("Reason", "without an id"),
    QT_TRANSLATE_NOOP("Reason", "its “shapes” are no list"),
    QT_TRANSLATE_NOOP("Reason", "shape %1 is no object"),
    QT_TRANSLATE_NOOP("Reason", "shape %1 has no label"),
    QT_TRANSLATE_NOOP("Reason", "shape %1 is damaged or of an unknown kind"),
    // class lists
    QT_TRANSLATE_NOOP("Reason", "it is neither JSON nor a text with one name a line"),
    QT_TRANSLATE_NOOP("Reason", "entry %1 is neither a name nor a class"),
    QT_TRANSLATE_NOOP("Reason", "entry %1 has a colour that is not of the form #rrggbb"),
    QT_TRANSLATE_NOOP("Reason", "entry %1 has a key that is no digit and no letter"),
    QT_TRANSLATE_NOOP("Reason", "entry %1 has a value that is not a whole number"),
    QT_TRANSLATE_NOOP("Reason", "“%1” is no class value"),
    QT_TRANSLATE_NOOP("Reason", "the name of class %1 is not a text"),
    QT_TRANSLATE_NOOP("Reason", "it begins like JSON but is not well formed"),
    QT_TRANSLATE_NOOP("Reason", "it has no “classes”"),
    QT_TRANSLATE_NOOP("Reason", "it names no class"),
    QT_TRANSLATE_NOOP("Reason", "the value %1 is not within 0 to %2"),
    QT_TRANSLATE_NOOP("Reason", "the class of value %1 has no name"),
    QT_TRANSLATE_NOOP("Reason", "two classes have the value %1"),
    QT_TRANSLATE_NOOP("Reason", "two classes have the id %1"),
    QT_TRANSLATE_NOOP("Reason", "two classes have the key %1"),
    QT_TRANSLATE_NOOP("Reason", "line %1 is no label of ITK-SNAP"),
    QT_TRANSLATE_NOOP("Reason", "line %1 is not of the form name:r,g,b::"),
    QT_TRANSLATE_NOOP("Reason", "it is no well-formed XML"),
    QT_TRANSLATE_NOOP("Reason", "the style has no colours of class numbers"),
    QT_TRANSLATE_NOOP("Reason", "the value “%1” of its style is not a whole number"),
    QT_TRANSLATE_NOOP("Reason", "the value %1 has a colour that is not of the form #rrggbb"),
    QT_TRANSLATE_NOOP("Reason", "the colours of its style run into one another, which classes do not"),
    // projects
    QT_TRANSLATE_NOOP("Reason", "its kind is another"),
    QT_TRANSLATE_NOOP("Reason", "it has no version"),
    QT_TRANSLATE_NOOP("Reason", "nothing in it can be read"),
    // models and adapters
    QT_TRANSLATE_NOOP("Reason", "%1 is not there"),
    QT_TRANSLATE_NOOP("Reason", "%1 is not as it should be"),
    QT_TRANSLATE_NOOP("Reason", "%1 holds no LoRA of a SamModel"),
    QT_TRANSLATE_NOOP("Reason", "“%1” is no file name"),
    QT_TRANSLATE_NOOP("Reason", "two tensors have the name %1"),
    QT_TRANSLATE_NOOP("Reason", "the tensor “%1” is missing"),
    QT_TRANSLATE_NOOP("Reason", "the tensor “%1” has another shape or type"),
    QT_TRANSLATE_NOOP("Reason", "%1 tensor is %2 (%3)"),
    QT_TRANSLATE_NOOP("Reason", "%1 tensors are %2 (%3)"),
    QT_TRANSLATE_NOOP("Reason", "missing"),
    QT_TRANSLATE_NOOP("Reason", "unexpected"),
    QT_TRANSLATE_NOOP("Reason", "of another shape"),
    QT_TRANSLATE_NOOP("Reason", "of another kind of number"),
    QT_TRANSLATE_NOOP("Reason", "empty"),
    QT_TRANSLATE_NOOP("Reason", "holding values that are no numbers"),
    QT_TRANSLATE_NOOP("Reason", "parts of the network are missing, such as %1"),
    QT_TRANSLATE_NOOP("Reason", "a network of these shapes would have %1 values, and the file has %2"),
    QT_TRANSLATE_NOOP("Reason", "it was trained on the weights %1 (SHA-256 %2), these are %3 (SHA-256 %4)"),
    QT_TRANSLATE_NOOP("Reason", "it was trained on other weights than those of %1: %2 differs"),
    QT_TRANSLATE_NOOP("Reason", "it has %1 mask queries, and there can be %2"),
    QT_TRANSLATE_NOOP("Reason", "its settings ask for far more values than it holds"),
    QT_TRANSLATE_NOOP("Reason", "its views cannot be read"),
    QT_TRANSLATE_NOOP("Reason", "a read-out does not fit the network"),
    QT_TRANSLATE_NOOP("Reason", "another program wrote it, without a decoder that makes masks"),
    QT_TRANSLATE_NOOP("Reason", "the project has too many classes already"),
    QT_TRANSLATE_NOOP("Reason", "the project knew another class by a number of its"),
    QT_TRANSLATE_NOOP("Reason", "the adapter"),
    // requests to the engine
    QT_TRANSLATE_NOOP("Reason", "the GPU"),
    QT_TRANSLATE_NOOP("Reason", "this machine"),
    QT_TRANSLATE_NOOP("Reason", "validation"),
    QT_TRANSLATE_NOOP("Reason", "it takes a second labelled image"),
    QT_TRANSLATE_NOOP("Reason", "the other images hold one class only"),
    QT_TRANSLATE_NOOP("Reason", "input size"),
    QT_TRANSLATE_NOOP("Reason", "it is a multiple of %1 up to %2, or 0"),
    QT_TRANSLATE_NOOP("Reason", "queries"),
    QT_TRANSLATE_NOOP("Reason", "at least one a class, so %1, and at most %2"),
    QT_TRANSLATE_NOOP("Reason", "working scale"),
    QT_TRANSLATE_NOOP("Reason",
                      "this network sees an image whole, as large as its input: choose the input size"),
    QT_TRANSLATE_NOOP("Reason", "classes"),
    QT_TRANSLATE_NOOP("Reason", "rank"),
    QT_TRANSLATE_NOOP("Reason", "it must lie between 1 and %1"),
    QT_TRANSLATE_NOOP("Reason", "experts"),
    QT_TRANSLATE_NOOP("Reason", "top experts"),
    QT_TRANSLATE_NOOP("Reason", "there must be between 1 and all experts"),
    QT_TRANSLATE_NOOP("Reason", "there must be between 1 and %1"),
    QT_TRANSLATE_NOOP("Reason", "alpha"),
    QT_TRANSLATE_NOOP("Reason", "it must be a number"),
    QT_TRANSLATE_NOOP("Reason", "balance weight"),
    QT_TRANSLATE_NOOP("Reason", "it must not be negative"),
    QT_TRANSLATE_NOOP("Reason", "method"),
    QT_TRANSLATE_NOOP("Reason", "choose one of %1"),
    QT_TRANSLATE_NOOP("Reason", "the image encoder of this model has no attention to adapt"),
    QT_TRANSLATE_NOOP("Reason", "projections"),
    QT_TRANSLATE_NOOP("Reason", "choose some of q,k,v,o,mlp, each once"),
    QT_TRANSLATE_NOOP("Reason", "blocks"),
    QT_TRANSLATE_NOOP("Reason", "this model has %1; 0 means all"),
    QT_TRANSLATE_NOOP("Reason", "scales"),
    QT_TRANSLATE_NOOP("Reason", "give whole numbers from 1 to 16, such as 1,2,4"),
    QT_TRANSLATE_NOOP("Reason", "there are %1 experts, each with a scale of its own"),
    QT_TRANSLATE_NOOP("Reason", "the training's state"),
    QT_TRANSLATE_NOOP("Reason", "it is of no training"),
    QT_TRANSLATE_NOOP("Reason", "its content was changed"),
    QT_TRANSLATE_NOOP("Reason", "it is of another number of steps"),
    QT_TRANSLATE_NOOP("Reason", "it is of other images"),
    QT_TRANSLATE_NOOP("Reason", "an adaptation runs already"),
    QT_TRANSLATE_NOOP("Reason", "an adapter cannot be loaded while another is trained"),
    QT_TRANSLATE_NOOP("Reason", "what arrives is no frame"),
    QT_TRANSLATE_NOOP("Reason", "the first one is no hello"),
    QT_TRANSLATE_NOOP("Reason", "the PNG could not be encoded"),
});

/// A reason as the core words it, with what stands at its places.
struct Pattern {
    const char* source;
    QRegularExpression expression;
};

std::vector<Pattern> makePatterns() {
    std::vector<Pattern> patterns;
    for (const char* reason : kReasons) {
        QString expression = QRegularExpression::escape(QString::fromUtf8(reason));
        for (char16_t digit = u'1'; digit <= u'9'; ++digit) {
            // Several reasons in one stand beside each other with a semicolon.
            expression.replace(QStringLiteral("\\%") + QChar(digit), QStringLiteral("((?:(?!; ).)+?)"));
        }
        patterns.push_back({reason, QRegularExpression(QRegularExpression::anchoredPattern(expression),
                                                       QRegularExpression::DotMatchesEverythingOption)});
    }
    return patterns;
}

QString translated(const QString& reason);

/// Nothing for one that is no whole reason.
std::optional<QString> translatedWhole(const QString& reason) {
    static const std::vector<Pattern> patterns = makePatterns();
    for (const Pattern& pattern : patterns) {
        const QRegularExpressionMatch match = pattern.expression.match(reason);
        if (!match.hasMatch()) continue;
        QStringList places = match.capturedTexts().mid(1);
        for (QString& place : places) place = translated(place);
        return filled(QCoreApplication::translate("Reason", pattern.source), places);
    }
    return std::nullopt;
}

QString translated(const QString& reason) {
    if (const auto whole = translatedWhole(reason)) return *whole;
    const QString between = QStringLiteral("; ");
    QStringList parts = reason.split(between);
    if (parts.size() == 1) return reason;
    for (QString& part : parts) part = translatedWhole(part).value_or(part);
    return parts.join(between);
}

}  // namespace

std::span<const char* const> knownReasons() {
    return kReasons;
}

QString filled(const QString& text, const QStringList& places) {
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPlace =
            text[i] == u'%' && i + 1 < text.size() && text[i + 1] >= u'1' && text[i + 1] <= u'9';
        if (isPlace) {
            result += places.value(text[++i].digitValue() - 1);
        } else {
            result += text[i];
        }
    }
    return result;
}

QString reasonText(const std::string& reason) {
    return translated(QString::fromStdString(reason));
}

}  // namespace finebrush
