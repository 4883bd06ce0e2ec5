namespace NewsBot.Core.Feeds;

/// <summary>Keeps the best of several values for one thing: the higher rank wins, among equals the first.</summary>
internal struct Ranked<T>
{
    private int _rank;

    public T? Value { get; private set; }

    public readonly bool IsSet => _rank > 0;

    public void Offer(T value, int rank)
    {
        if (rank > _rank)
        {
            _rank = rank;
            Value = value;
        }
    }
}
