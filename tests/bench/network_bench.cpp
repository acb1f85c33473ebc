// Times what ../shared/reference/peer.py times, on the same work, and prints a line of JSON of the same form.

#include "core/engine/devices.h"
#include "core/engine/model_catalog.h"
#include "core/engine/process_setup.h"
#include "core/inference/reduced_precision.h"
#include "core/peft/adapted_sam.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <sys/resource.h>
#include <vector>

using namespace finebrush;
namespace F = torch::nn::functional;

namespace {

constexpr int64_t kClasses = 3;
constexpr double kPaintedShare = 0.03;

struct BenchOptions {
    int steps = 6;
    int runs = 8;
    int rank = 4;
    int experts = 4;
    std::string method = "conv_lora";
    int batch = 1;
    int threads = 2;
    bool cache = false;
    bool bf16 = false;
};

struct Timing {
    double minimum = 0;
    double median = 0;
};

/// The first run does not count.
Timing timed(int count, const std::function<void()>& run) {
    run();
    std::vector<double> seconds;
    for (int i = 0; i < count; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        run();
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    std::sort(seconds.begin(), seconds.end());
    const size_t middle = seconds.size() / 2;
    const double median =
        seconds.size() % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
    return {seconds.front(), median};
}

std::unique_ptr<ReducedPrecision> precision(const BenchOptions& options) {
    return options.bf16 ? std::make_unique<ReducedPrecision>(torch::kCPU) : nullptr;
}

std::unique_ptr<peft::AdaptedSam> liteMedSam(const BenchOptions& options) {
    const auto base = loadBaseNetwork({}, torch::kCPU);
    if (!base) throw std::runtime_error(describe(base.error()));
    messages::AdaptationSettings settings;
    settings.method = options.method;
    settings.gate = messages::GateMode::Paper;
    settings.rank = options.rank;
    settings.experts = options.experts;
    auto network = peft::AdaptedSam::make(*base, settings, kClasses);
    if (!network) throw std::runtime_error(describe(network.error()));
    return std::move(*network);
}

Timing benchTraining(const BenchOptions& options) {
    const auto network = liteMedSam(options);
    network->setTraining(true);
    const std::vector<torch::Tensor> weights = network->trainableParameters().values();
    torch::optim::AdamW optimizer(weights, torch::optim::AdamWOptions(1e-3).weight_decay(1e-3));
    const torch::Tensor image = torch::rand({options.batch, 3, 256, 256});
    torch::Tensor labels = torch::randint(kClasses, {options.batch, 256, 256}, torch::kInt64);
    labels.masked_fill_(torch::rand({options.batch, 256, 256}).gt(kPaintedShare), 255);
    torch::Tensor kept;
    if (options.cache) kept = network->frozenPart(image);
    return timed(options.steps, [&] {
        torch::Tensor loss;
        {
            const auto fast = precision(options);
            const torch::Tensor logits = network->forward(options.cache ? kept : network->frozenPart(image));
            const torch::Tensor masks =
                torch::upsample_bilinear2d(logits.to(torch::kFloat32), {256, 256}, false);
            loss = F::cross_entropy(masks, labels, F::CrossEntropyFuncOptions().ignore_index(255));
            loss = loss + network->balanceLoss();
        }
        optimizer.zero_grad();
        loss.backward();
        torch::nn::utils::clip_grad_norm_(weights, 1.0);
        optimizer.step();
    });
}

Timing benchPrediction(const BenchOptions& options) {
    const auto network = liteMedSam(options);
    const torch::NoGradGuard noGradient;
    const torch::Tensor image = torch::rand({1, 3, 256, 256});
    return timed(options.runs, [&] {
        const auto fast = precision(options);
        network->forward(network->frozenPart(image));
    });
}

sam::SamDescription vitB() {
    sam::SamDescription description;
    description.name = "SAM ViT-B";
    description.encoder.kind = sam::EncoderKind::Vit;
    description.encoder.inputSize = 1024;
    description.encoder.globalBlocks = {2, 5, 8, 11};
    return description;
}

Timing benchVit(const BenchOptions& options) {
    sam::Sam network(vitB());
    network->eval();
    const torch::NoGradGuard noGradient;
    const torch::Tensor image = torch::rand({1, 3, 1024, 1024});
    return timed(options.runs, [&] {
        const auto fast = precision(options);
        network->image_encoder->forward(image);
    });
}

/// The limit: what the machine multiplies, as a timing of one 2048³ product.
Timing benchProduct(const BenchOptions& options) {
    const torch::NoGradGuard noGradient;
    const auto type = options.bf16 ? torch::kBFloat16 : torch::kFloat32;
    const torch::Tensor left = torch::rand({2048, 2048}).to(type);
    const torch::Tensor right = torch::rand({2048, 2048}).to(type);
    return timed(options.runs, [&] { torch::mm(left, right); });
}

}  // namespace

int main(int argc, char** argv) {
    sleepWhileWaiting(argv);
    keepFreedMemory();
    const std::map<std::string, Timing (*)(const BenchOptions&)> benches = {
        {"train", benchTraining}, {"predict", benchPrediction}, {"vit", benchVit}, {"product", benchProduct}};
    CLI::App app("Times Finebrush's networks on the work of reference/peer.py.", "finebrush-network-bench");
    std::string what;
    BenchOptions options;
    app.add_option("what", what, "train, predict, vit or product")
        ->required()
        ->check(CLI::IsMember(&benches));
    app.add_option("--steps", options.steps)->capture_default_str();
    app.add_option("--runs", options.runs)->capture_default_str();
    app.add_option("--method", options.method, "An adaptation method")->capture_default_str();
    app.add_option("--rank", options.rank)->capture_default_str();
    app.add_option("--experts", options.experts)->capture_default_str();
    app.add_option("--batch", options.batch)->capture_default_str();
    app.add_option("--threads", options.threads)->capture_default_str();
    app.add_flag("--cache", options.cache, "Keep what the frozen stem makes of the image");
    app.add_flag("--bf16", options.bf16);
    CLI11_PARSE(app, argc, argv);

    useThreads(options.threads);
    torch::manual_seed(0);
    Timing timing;
    try {
        timing = benches.at(what)(options);
    } catch (const std::runtime_error& problem) {
        std::cerr << problem.what() << '\n';
        return 1;
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::cout << nlohmann::json{{"what", what},
                                {"method", options.method},
                                {"threads", options.threads},
                                {"cache", options.cache},
                                {"bf16", options.bf16},
                                {"min_s", timing.minimum},
                                {"median_s", timing.median},
                                {"peak_mib", usage.ru_maxrss / 1024}}
              << '\n';
}
