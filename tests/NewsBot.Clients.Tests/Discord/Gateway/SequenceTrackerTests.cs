using CsCheck;
using NewsBot.Clients.Discord.Gateway;

namespace NewsBot.Clients.Tests.Discord.Gateway;

public sealed class SequenceTrackerTests
{
    [Fact]
    public void Unwanted_events_are_stored_when_everything_before_them_is()
    {
        var tracker = new SequenceTracker(10);

        tracker.Receive(11, isWanted: false);
        var first = tracker.Stored;
        tracker.Receive(12, isWanted: true);
        tracker.Receive(13, isWanted: false);
        var second = tracker.Stored;
        tracker.Complete(12);

        Assert.Equal([11, 11, 13], [first, second, tracker.Stored]);
    }

    [Fact]
    public void Events_that_finish_early_wait_for_those_before_them()
    {
        var tracker = new SequenceTracker(0);
        tracker.Receive(1, isWanted: true);
        tracker.Receive(2, isWanted: true);

        tracker.Complete(2);
        var before = tracker.Stored;
        tracker.Complete(1);

        Assert.Equal([0, 2], [before, tracker.Stored]);
    }

    [Fact]
    public void A_number_left_out_holds_the_place_until_it_comes()
    {
        var tracker = new SequenceTracker(0);
        tracker.Receive(2, isWanted: false);
        var before = tracker.Stored;

        var isNew = tracker.Receive(1, isWanted: false);

        Assert.True(isNew);
        Assert.Equal([0, 2], [before, tracker.Stored]);
    }

    [Fact]
    public void A_number_left_out_is_given_up_a_thousand_later()
    {
        var tracker = new SequenceTracker(0);
        tracker.Receive(2, isWanted: false);

        for (var sequence = 3; sequence <= 1002; sequence++)
        {
            tracker.Receive(sequence, isWanted: false);
        }

        Assert.Equal(1002, tracker.Stored);
    }

    [Fact]
    public void A_great_leap_remembers_only_a_thousand_numbers()
    {
        var tracker = new SequenceTracker(0);

        tracker.Receive(int.MaxValue, isWanted: false);

        Assert.Equal(int.MaxValue - 1001L, tracker.Stored);
    }

    [Fact]
    public void What_a_replay_left_out_will_never_come()
    {
        var tracker = new SequenceTracker(0);
        tracker.Receive(5, isWanted: false);

        tracker.CloseGaps();

        Assert.Equal(5, tracker.Stored);
        Assert.False(tracker.Receive(3, isWanted: true));
    }

    [Fact]
    public void A_repeated_number_is_refused_and_changes_nothing()
    {
        var tracker = new SequenceTracker(0);
        tracker.Receive(1, isWanted: true);

        Assert.False(tracker.Receive(1, isWanted: true));
        Assert.False(tracker.Receive(0, isWanted: true));

        tracker.Complete(1);

        Assert.Equal(1, tracker.Stored);
        Assert.False(tracker.Receive(1, isWanted: true));
    }

    [Fact]
    public void Whatever_the_order_each_number_is_taken_once_and_all_are_stored_at_the_end()
    {
        Gen.Shuffle(Enumerable.Range(1, 40).ToArray())
            .Select(Gen.Bool.Array[40])
            .Sample(
                (order, wanted) =>
                {
                    var tracker = new SequenceTracker(0);
                    var done = new HashSet<long>();
                    foreach (var sequence in order.Concat(order))
                    {
                        var isNew = tracker.Receive(sequence, wanted[sequence - 1]);
                        Assert.Equal(done.Add(sequence), isNew);
                        if (isNew && wanted[sequence - 1])
                        {
                            Assert.True(tracker.Stored < sequence);
                            tracker.Complete(sequence);
                        }

                        Assert.Equal(Contiguous(done), tracker.Stored);
                    }
                },
                iter: 200
            );
    }

    private static long Contiguous(HashSet<long> done)
    {
        var stored = 0;
        while (done.Contains(stored + 1))
        {
            stored++;
        }

        return stored;
    }
}
