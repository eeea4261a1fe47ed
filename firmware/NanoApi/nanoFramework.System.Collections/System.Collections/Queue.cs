namespace System.Collections
{
    public class Queue : ICollection, ICloneable
    {
        public extern Queue();

        public extern int Count { get; }
        public extern bool IsSynchronized { get; }
        public extern object SyncRoot { get; }

        public extern object Clone();
        public extern void Clear();
        public extern void CopyTo(Array array, int index);
        public extern void Enqueue(object obj);
        public extern IEnumerator GetEnumerator();
        public extern object Dequeue();
        public extern object Peek();
        public extern bool Contains(object obj);
        public extern object[] ToArray();
    }
}
