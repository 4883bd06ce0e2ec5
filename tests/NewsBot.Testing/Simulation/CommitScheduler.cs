namespace NewsBot.Testing.Simulation;

/// <summary>Makes commits at once on the thread that wants them, and is where a process can die before or after one.</summary>
/// <param name="process">Whose database it is.</param>
internal sealed class CommitScheduler(SimulatedProcess process) : TaskScheduler
{
    protected override void QueueTask(Task task)
    {
        if (process.DiesNow("before a commit"))
        {
            throw new InvalidOperationException("The process is dead.");
        }

        TryExecuteTask(task);
        if (process.DiesNow("after a commit"))
        {
            throw new InvalidOperationException("The process is dead.");
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
