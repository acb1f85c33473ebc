// What Python compares itself with (adapters_in_python.py):
//
// adapter_probe make BASE METHOD GATE SCALES PROJECTIONS BLOCKS IMAGE FOLDER OUT
//     writes an adapter of random weights, and its embedding of the image
// adapter_probe load BASE ADAPTER IMAGE OUT
//     loads an adapter, and writes its embedding
// adapter_probe queries BASE ADAPTER IMAGE OUT
//     loads an adapter with a class head, and writes its scores
// adapter_probe classes BASE ADAPTER IMAGE OUT
//     loads an adapter, and writes what its decoder says of each class: logits, or scores where it has a
//     class head
//
// adapter_probe set_loss BASE PROPOSALS OUT
//     writes the loss of proposals: "masks", "classes" and "labels" of points
//
// BASE is a checkpoint, IMAGE and OUT are safetensors that hold "image" and "embedding", "scores", "classes"
// or "loss".

#include "core/checkpoint/checkpoint_file.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/engine/adapter_folder.h"
#include "core/peft/files/adapter_file.h"
#include "core/sam/build_sam.h"
#include "core/training/losses/set_loss.h"

#include <algorithm>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

using namespace finebrush;

namespace {

template <typename T>
T valueOf(Result<T> result) {
    if (!result) throw std::runtime_error(describe(result.error()));
    return std::move(*result);
}

void write(const std::string& out, const std::string& name, const torch::Tensor& tensor) {
    NamedTensors written;
    written.tensors.insert(name, tensor.contiguous());
    if (const auto done = writeSafetensors(out, written); !done)
        throw std::runtime_error(describe(done.error()));
}

void writeEmbedding(peft::AdaptedSam& network, const std::string& image, const std::string& out) {
    const torch::NoGradGuard noGradient;
    const NamedTensors read = valueOf(readCheckpoint(image));
    write(out, "embedding", network.encode(network.frozenPart(read.tensors["image"])).embedding);
}

void make(const std::vector<std::string>& arguments) {
    messages::AdaptationSettings settings;
    settings.method = arguments.at(1);
    settings.gate = arguments.at(2) == "paper" ? messages::GateMode::Paper : messages::GateMode::Informative;
    settings.rank = 3;
    settings.alpha = 5;
    settings.experts = 4;
    settings.topExperts = 2;
    settings.scales = arguments.at(3);
    settings.projections = arguments.at(4);
    settings.blocks = std::stoi(arguments.at(5));
    const std::vector<messages::ClassInfo> classes = {{"a", "one", "#ff0000", 0}, {"b", "two", "#00ff00", 1}};
    const auto network = valueOf(peft::AdaptedSam::make(valueOf(sam::loadSam(arguments.at(0))), settings, 2));
    torch::manual_seed(3);
    {
        const torch::NoGradGuard noGradient;
        for (const auto& parameter : network->trainableParameters()) {
            torch::Tensor(parameter.value()).add_(torch::randn_like(parameter.value()), 0.2);
        }
    }
    const auto files = peft::writeAdapter(*network, classes, {});
    if (const auto done = writeAdapterFolder(arguments.at(7), files); !done)
        throw std::runtime_error(describe(done.error()));
    writeEmbedding(*network, arguments.at(6), arguments.at(8));
}

/// BASE ADAPTER ...
peft::LoadedAdapter adapterOf(const std::vector<std::string>& arguments) {
    const sam::Sam base = valueOf(sam::loadSam(arguments.at(0)));
    const auto files = valueOf(readAdapterFolder(arguments.at(1)));
    return valueOf(peft::loadAdapter(files, base, arguments.at(1)));
}

void load(const std::vector<std::string>& arguments) {
    const peft::LoadedAdapter adapter = adapterOf(arguments);
    writeEmbedding(*adapter.network, arguments.at(2), arguments.at(3));
}

void queries(const std::vector<std::string>& arguments) {
    const torch::NoGradGuard noGradient;
    const peft::LoadedAdapter adapter = adapterOf(arguments);
    const torch::Tensor image = valueOf(readCheckpoint(arguments.at(2))).tensors["image"];
    peft::AdaptedSam& network = *adapter.network;
    sam::MultiClassDecoder decoder = network.decoder();
    sam::ClassQueries found = decoder->queries(network.encode(network.frozenPart(image)).embedding);
    found.masks = torch::upsample_bilinear2d(found.masks, {image.size(2), image.size(3)}, false);
    write(arguments.at(3), "scores", sam::semanticScores(found));
}

void classes(const std::vector<std::string>& arguments) {
    const torch::NoGradGuard noGradient;
    const peft::LoadedAdapter adapter = adapterOf(arguments);
    const torch::Tensor image = valueOf(readCheckpoint(arguments.at(2))).tensors["image"];
    peft::AdaptedSam& network = *adapter.network;
    sam::MultiClassDecoder decoder = network.decoder();
    const torch::Tensor embedding = network.encode(network.frozenPart(image)).embedding;
    write(arguments.at(3), "classes",
          decoder->hasClassHead() ? sam::semanticScores(decoder->queries(embedding))
                                  : decoder->forward(embedding));
}

void setLoss(const std::vector<std::string>& arguments) {
    const auto& proposals = valueOf(readCheckpoint(arguments.at(1))).tensors;
    write(arguments.at(2), "loss",
          training::setLoss(proposals["masks"], proposals["classes"], proposals["labels"]));
}

}  // namespace

int main(int count, char** values) {
    try {
        const std::vector<std::string> arguments(values + std::min(count, 2), values + count);
        const std::string command = count > 1 ? values[1] : "";
        if (command == "make") {
            make(arguments);
        } else if (command == "load") {
            load(arguments);
        } else if (command == "queries") {
            queries(arguments);
        } else if (command == "classes") {
            classes(arguments);
        } else if (command == "set_loss") {
            setLoss(arguments);
        } else {
            throw std::invalid_argument("the commands are make, load, queries, classes and set_loss");
        }
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << '\n';
        return 1;
    }
    return 0;
}
