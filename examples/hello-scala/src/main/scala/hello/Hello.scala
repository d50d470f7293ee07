package hello

case class Coffee(name: String, millilitres: Int)

/** Says hello from Scala and lets its library sort, group and add a little. */
object Hello:
  def main(args: Array[String]): Unit =
    println(s"Hello from Scala, ${args.headOption.getOrElse("world")}!")
    val coffees = List(Coffee("Lungo", 60), Coffee("Ristretto", 20)) :+ Coffee("Espresso", 30)
    for Coffee(name, millilitres) <- coffees.sortBy(_.millilitres) do println(s"$name: $millilitres ml")
    println(s"The smallest is ${coffees.minBy(_.millilitres)}, altogether ${coffees.map(_.millilitres).sum} ml.")
