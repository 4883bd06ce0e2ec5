namespace NewsBot.Testing.Simulation;

/// <summary>Runs what goes on beside each other as steps, one after the other, and on no thread of the pool.</summary>
/// <param name="steps">Where.</param>
internal sealed class StepScheduler(StepContext steps) : TaskScheduler
{
    protected override void QueueTask(Task task) => steps.Post(_ => TryExecuteTask(task), state: null);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
