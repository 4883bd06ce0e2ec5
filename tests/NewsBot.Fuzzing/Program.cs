using NewsBot;
using NewsBot.Fuzzing;
using SharpFuzz;

// Below AFL++ it reads one input after the other; with files or folders it reads those, to look at what was found.
if (args.Length == 0 || FuzzTarget.Find(args[0]) is not { } target)
{
    Output.Error(
        $"NewsBot.Fuzzing TARGET [FILE or FOLDER ...], with one of: {string.Join(", ", FuzzTarget.All.Select(one => one.Name))}"
    );
    return 2;
}

if (args.Length > 1)
{
    return Replay.Run(target, args[1..]);
}

Fuzzer.OutOfProcess.Run(stream =>
{
    using var bytes = new MemoryStream();
    stream.CopyTo(bytes);
    target.Run(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
});
return 0;
