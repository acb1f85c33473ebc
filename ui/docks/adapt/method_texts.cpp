#include "ui/docks/adapt/method_texts.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace finebrush {

namespace {

constexpr auto kContext = "finebrush::Method";

struct MethodText {
    std::string_view method;
    const char* name;
    const char* description;
};

constexpr MethodText kTexts[] = {
    {"conv_lora", QT_TRANSLATE_NOOP("finebrush::Method", "Conv-LoRA"),
     QT_TRANSLATE_NOOP(
         "finebrush::Method",
         "Trains low-rank updates of the attention, with convolutions at several detail scales of "
         "which a gate picks one; a step takes longer than with LoRA.")},
    {"lora", QT_TRANSLATE_NOOP("finebrush::Method", "LoRA"),
     QT_TRANSLATE_NOOP(
         "finebrush::Method",
         "Trains low-rank updates of the attention; few weights, and little extra work in a step.")},
    {"multi_scale_lora", QT_TRANSLATE_NOOP("finebrush::Method", "Multi-scale LoRA"),
     QT_TRANSLATE_NOOP(
         "finebrush::Method",
         "Conv-LoRA without its gate: all detail scales are computed and summed, so a step takes "
         "longer the more there are.")},
    {"decoder_only", QT_TRANSLATE_NOOP("finebrush::Method", "Decoder only"),
     QT_TRANSLATE_NOOP(
         "finebrush::Method",
         "Leaves the image encoder as it is and trains the mask decoder alone; a step is short.")},
    {"bitfit", QT_TRANSLATE_NOOP("finebrush::Method", "BitFit"),
     QT_TRANSLATE_NOOP("finebrush::Method",
                       "Trains the biases of the whole encoder and nothing else in it; very few weights, no "
                       "extra layers.")},
    {"adapter", QT_TRANSLATE_NOOP("finebrush::Method", "Adapter"),
     QT_TRANSLATE_NOOP("finebrush::Method",
                       "Trains a narrow layer behind each attention and each MLP of the encoder, which also "
                       "predictions have to pass.")},
    {"sam_adapter", QT_TRANSLATE_NOOP("finebrush::Method", "SAM-Adapter"),
     QT_TRANSLATE_NOOP(
         "finebrush::Method",
         "Trains features of the image's fine structure that are added to what enters each block "
         "of the encoder.")},
    {"vpt", QT_TRANSLATE_NOOP("finebrush::Method", "Visual prompts (VPT)"),
     QT_TRANSLATE_NOOP(
         "finebrush::Method",
         "Trains extra tokens beside the image's in every attention; the more tokens, the longer "
         "each step and each prediction.")},
    {"lst", QT_TRANSLATE_NOOP("finebrush::Method", "Ladder side-tuning (LST)"),
     QT_TRANSLATE_NOOP(
         "finebrush::Method",
         "Trains a small network beside the encoder; no gradient enters the encoder itself, which saves "
         "memory and time.")},
    {"ssf", QT_TRANSLATE_NOOP("finebrush::Method", "Scale and shift (SSF)"),
     QT_TRANSLATE_NOOP(
         "finebrush::Method",
         "Trains a scale and a shift of each channel behind every linear layer; few weights, but "
         "much memory in a step.")},
    {"full", QT_TRANSLATE_NOOP("finebrush::Method", "Full fine-tuning"),
     QT_TRANSLATE_NOOP("finebrush::Method",
                       "Trains the whole encoder: by far the most weights, and the largest adapter file.")},
};
static_assert(std::size(kTexts) == messages::kAdaptationMethods.size());

const MethodText* textOf(std::string_view method) {
    const auto* found = std::ranges::find(kTexts, method, &MethodText::method);
    return found == std::end(kTexts) ? nullptr : found;
}

}  // namespace

QString methodName(std::string_view method) {
    if (const MethodText* text = textOf(method)) return QCoreApplication::translate(kContext, text->name);
    return QString::fromUtf8(method.data(), static_cast<qsizetype>(method.size()));
}

QString methodDescription(std::string_view method) {
    const MethodText* text = textOf(method);
    return text ? QCoreApplication::translate(kContext, text->description) : QString();
}

QString rankName(messages::RankMeaning meaning) {
    switch (meaning) {
        case messages::RankMeaning::None:
        case messages::RankMeaning::Rank:
            break;
        case messages::RankMeaning::Width:
        case messages::RankMeaning::EighthWidth:
            return QCoreApplication::translate(kContext, QT_TRANSLATE_NOOP("finebrush::Method", "Width"));
        case messages::RankMeaning::Tokens:
            return QCoreApplication::translate(kContext, QT_TRANSLATE_NOOP("finebrush::Method", "Tokens"));
    }
    return QCoreApplication::translate(kContext, QT_TRANSLATE_NOOP("finebrush::Method", "Rank"));
}

}  // namespace finebrush
