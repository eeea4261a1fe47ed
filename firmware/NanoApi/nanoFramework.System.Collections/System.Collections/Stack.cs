namespace System.Collections
{
    public class Stack : ICollection, ICloneable
    {
        public extern Stack();

        public extern int Count { get; }
        public extern bool IsSynchronized { get; }
        public extern object SyncRoot { get; }

        public extern void Clear();
        public extern object Clone();
        public extern bool Contains(object obj);
        public extern void CopyTo(Array array, int index);
        public extern IEnumerator GetEnumerator();
        public extern object Peek();
        public extern object Pop();
        public extern void Push(object obj);
        public extern object[] ToArray();
    }
}
